"""Content-Length is set twice on a 201: by the route and again when the answer is sent.

Caught by: files/single_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        super().frame(request, response)
        if response.status == 201:
            response.headers["Content-length"] = response.headers["Content-Length"]


Broken.main()
