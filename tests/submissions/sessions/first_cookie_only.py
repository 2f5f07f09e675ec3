"""Only the first cookie of the Cookie header is read.

Caught by: sessions/among_others
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def cookies(self, header):
        return dict([self.cookie(header.partition(";")[0])])


Broken.main()
