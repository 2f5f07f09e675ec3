"""Sec-WebSocket-Accept is made of the key alone.

Caught by: websocket/text_comes_back
"""

import base64
import hashlib
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def accept_key(self, key):
        return base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()


Broken.main()
