"""The letters become capital letters.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def encode_text(self, text):
        return text.upper().encode()


Broken.main()
