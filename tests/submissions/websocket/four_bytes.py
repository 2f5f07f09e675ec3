"""A length of 65,536 is written in four bytes.

Caught by: websocket/length_in_eight_bytes
"""

import struct
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def length_bytes(self, payload):
        size = len(payload)
        return struct.pack("!BI", 127, size) if size > 65535 else super().length_bytes(payload)


Broken.main()
