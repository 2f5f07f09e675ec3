"""A message in fragments is answered with the opcode of its last frame.

Caught by: websocket/fragments
"""

import sys

sys.path[0] += "/.."
from _web_live import CONTINUATION
from web_server import WebServer


class Broken(WebServer):
    def take_data(self, client, message, fin, opcode, payload):
        self.now = opcode
        super().take_data(client, message, fin, opcode, payload)

    def answer(self, client, opcode, payload):
        if self.now == CONTINUATION:
            self.send_frame(client, CONTINUATION, payload)
        else:
            super().answer(client, opcode, payload)


Broken.main()
