"""An empty message is not answered.

Caught by: websocket/empty
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def answer(self, client, opcode, payload):
        if payload:
            super().answer(client, opcode, payload)


Broken.main()
