"""A length has its least significant byte first.

Caught by: websocket/length_in_two_bytes
"""

import struct
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def length_bytes(self, payload):
        size = len(payload)
        return struct.pack("<BH", 126, size) if 125 < size < 65536 else super().length_bytes(payload)


Broken.main()
