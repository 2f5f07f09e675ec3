"""A binary message is decoded as UTF-8, and encoded again.

Caught by: websocket/binary
"""

import sys

sys.path[0] += "/.."
from _web_live import BINARY
from web_server import WebServer


class Broken(WebServer):
    def answer(self, client, opcode, payload):
        if opcode == BINARY:
            payload = payload.decode("utf-8", "replace").encode()
        super().answer(client, opcode, payload)


Broken.main()
