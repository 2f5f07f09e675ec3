"""Content-Length is set before compressing, and a second time after it.

Caught by: gzip/single_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        super().frame(request, response)
        if "Content-Encoding" in response.headers:
            response.headers["Content-length"] = response.headers["Content-Length"]


Broken.main()
