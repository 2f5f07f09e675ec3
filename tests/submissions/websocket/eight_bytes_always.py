"""Each length above 125 is written in eight bytes.

Caught by: websocket/length_in_two_bytes
"""

import struct
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def length_bytes(self, payload):
        size = len(payload)
        return bytes([size]) if size < 126 else struct.pack("!BQ", 127, size)


Broken.main()
