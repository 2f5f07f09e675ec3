"""A length of 126 and more is written into one byte.

Caught by: websocket/length_in_two_bytes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def length_bytes(self, payload):
        return bytes([len(payload) & 0x7F]) if len(payload) < 65536 else super().length_bytes(payload)


Broken.main()
