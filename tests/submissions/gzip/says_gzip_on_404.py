"""Content-Encoding is set before the route is known, so that a plain 404 says gzip too.

Caught by: gzip/valid_404
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def encode(self, request, response):
        super().encode(request, response)
        if response.status == 404 and self.accepts_gzip(self.accepted(request)):
            response.body = b"Not Found"
            response.headers["Content-Encoding"] = "gzip"


Broken.main()
