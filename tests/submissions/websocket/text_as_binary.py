"""A text comes back as a binary message.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from _web_live import BINARY
from web_server import WebServer


class Broken(WebServer):
    def answer(self, client, opcode, payload):
        self.send_frame(client, BINARY, payload)


Broken.main()
