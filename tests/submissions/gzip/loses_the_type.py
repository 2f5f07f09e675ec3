"""The headers of a compressed answer are made anew, without Content-Type.

Caught by: gzip/keeps_the_type
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def compress(self, response):
        super().compress(response)
        del response.headers["Content-Type"]


Broken.main()
