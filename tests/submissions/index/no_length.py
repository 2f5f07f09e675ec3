"""The answer has no Content-Length, and the connection stays open.

Caught by: index/end_is_told
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def frame(self, request, response):
        pass


Broken.main()
