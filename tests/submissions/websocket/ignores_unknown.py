"""A frame with an unknown opcode is passed over.

Caught by: websocket/breaks_a_rule
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def unknown(self, opcode):
        pass


Broken.main()
