"""The mask is not removed.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def unmask(self, payload, mask):
        return payload


Broken.main()
