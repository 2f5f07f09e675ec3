"""A frame without a mask is taken.

Caught by: websocket/unmasked
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def unmasked(self):
        pass


Broken.main()
