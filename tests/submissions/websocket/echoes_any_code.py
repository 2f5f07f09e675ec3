"""Any close code is sent back, also one that no client may send.

Caught by: websocket/breaks_a_rule
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def checked_close(self, payload):
        return payload


Broken.main()
