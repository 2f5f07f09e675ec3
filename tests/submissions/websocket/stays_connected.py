"""The connection stays open after the close frames.

Caught by: websocket/closes_the_connection
"""

import sys

sys.path[0] += "/.."
from _web_live import CLOSE
from web_server import WebServer


class Broken(WebServer):
    def take(self, client, message, fin, opcode, payload):
        return super().take(client, message, fin, opcode, payload) or opcode == CLOSE


Broken.main()
