"""A length of 125 is written in two bytes after 126.

Caught by: websocket/length_in_one_byte
"""

import struct
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def length_bytes(self, payload):
        return struct.pack("!BH", 126, 125) if len(payload) == 125 else super().length_bytes(payload)


Broken.main()
