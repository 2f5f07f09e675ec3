"""Frames with opcode 0 are passed over.

Caught by: websocket/fragments
"""

import sys

sys.path[0] += "/.."
from _web_live import CONTINUATION
from web_server import WebServer


class Broken(WebServer):
    def take_data(self, client, message, fin, opcode, payload):
        if opcode != CONTINUATION:
            self.answer(client, opcode, payload)


Broken.main()
