"""A length of 125 is written in two bytes after 126.

Caught by: websocket/length_in_one_byte
"""

import struct
import sys

sys.path[0] += "/.."
from web_server import WebServer

CONTROL = 8


class Broken(WebServer):
    def frame_bytes(self, opcode, payload):
        frame = super().frame_bytes(opcode, payload)
        if len(payload) != 125 or opcode & CONTROL:
            return frame
        return frame[:1] + struct.pack("!BH", 126, 125) + payload


Broken.main()
