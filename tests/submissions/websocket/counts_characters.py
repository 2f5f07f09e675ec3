"""The length of a text is the number of its characters.

Caught by: websocket/any_letters
"""

import sys

sys.path[0] += "/.."
from _web_live import TEXT
from web_server import WebServer


class Broken(WebServer):
    def send_frame(self, client, opcode, payload):
        size = len(payload.decode("utf-8", "ignore")) if opcode == TEXT else len(payload)
        frame = self.frame_bytes(opcode, payload[:size])
        self.send(client, frame + payload[size:])


Broken.main()
