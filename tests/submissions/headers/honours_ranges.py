"""A Range header gets a part of a text that is no file.

Caught by: headers/ordinary_headers
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def respond(self, request, close):
        response = super().respond(request, close)
        if request.target == "/user-agent" and request.headers.get("range", "").startswith("bytes=0-"):
            response.status = 206
            response.headers["Content-Range"] = f"bytes 0-{len(response.body) - 1}/{len(response.body)}"
        return response


Broken.main()
