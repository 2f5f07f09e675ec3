"""Each byte is combined with the first byte of the mask.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def unmask(self, payload, mask):
        return bytes(byte ^ mask[0] for byte in payload)


Broken.main()
