"""The text comes back without a frame.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def frame_bytes(self, opcode, payload):
        return payload


Broken.main()
