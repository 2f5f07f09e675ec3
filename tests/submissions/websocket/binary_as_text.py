"""A binary message comes back as a text.

Caught by: websocket/binary
"""

import sys

sys.path[0] += "/.."
from _web_live import TEXT
from web_server import WebServer


class Broken(WebServer):
    def answer(self, client, opcode, payload):
        if opcode == TEXT:
            super().answer(client, opcode, payload)
        else:
            self.send_frame(client, TEXT, payload)


Broken.main()
