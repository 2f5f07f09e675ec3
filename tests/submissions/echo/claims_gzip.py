"""Content-Encoding says gzip as soon as the client would take it, but the body is plain.

Caught by: echo/ordinary_client
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def compress(self, response):
        response.headers["Content-Encoding"] = "gzip"


Broken.main()
