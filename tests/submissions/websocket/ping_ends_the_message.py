"""A ping between two fragments ends the message.

Caught by: websocket/ping_between_fragments
"""

import sys

sys.path[0] += "/.."
from _web_live import PING
from web_server import WebServer


class Broken(WebServer):
    def take(self, client, message, fin, opcode, payload):
        if opcode == PING:
            message.payload = b""
        return super().take(client, message, fin, opcode, payload)


Broken.main()
