"""A ping of 125 bytes breaks a rule for it.

Caught by: websocket/ping
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def check_first(self, first, length):
        super().check_first(first, length + 1 if first & 0x08 else length)


Broken.main()
