"""Pings are at most 125 bytes long for it, and a close frame may be longer.

Caught by: websocket/breaks_a_rule
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def check_first(self, first, length):
        super().check_first(first, 0 if first & 0x0F == 8 else length)


Broken.main()
