"""Of a message in fragments only the last comes back.

Caught by: websocket/fragments
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def take_data(self, client, message, fin, opcode, payload):
        message.payload = b""
        super().take_data(client, message, fin, opcode, payload)
        message.payload = b""


Broken.main()
