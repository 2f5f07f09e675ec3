"""The media type is chosen by the path of the request: that of a folder has no suffix.

Caught by: folders/says_text_html
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def file(self, request, path):
        response = super().file(request, path)
        if request.target.endswith("/") and request.target != "/":
            response.headers["Content-Type"] = "application/octet-stream"
        return response


Broken.main()
