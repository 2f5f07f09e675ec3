"""Content-Length is set twice: by the route and again when the answer is sent.

Caught by: echo/single_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        super().frame(request, response)
        response.headers["Content-length"] = response.headers["Content-Length"]


Broken.main()
