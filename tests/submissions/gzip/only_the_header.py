"""Content-Encoding says gzip, but the body is plain.

Caught by: gzip/compresses
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def compress(self, response):
        response.headers["Content-Encoding"] = "gzip"


Broken.main()
