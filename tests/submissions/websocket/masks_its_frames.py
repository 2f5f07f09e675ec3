"""The server masks its frames, too.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def frame_bytes(self, opcode, payload):
        mask, head = b"mask", super().frame_bytes(opcode, payload)[: -len(payload) or None]
        return bytes([head[0], head[1] | 0x80]) + head[2:] + mask + self.unmask(payload, mask)


Broken.main()
