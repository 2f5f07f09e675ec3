"""Accept-Encoding is not looked at.

Caught by: gzip/compresses
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def encode(self, request, response):
        pass


Broken.main()
