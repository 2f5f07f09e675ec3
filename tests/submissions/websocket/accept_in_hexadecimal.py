"""Sec-WebSocket-Accept is in hexadecimal.

Caught by: websocket/text_comes_back
"""

import hashlib
import sys

sys.path[0] += "/.."
from _web_live import GUID
from web_server import WebServer


class Broken(WebServer):
    def accept_key(self, key):
        return hashlib.sha1((key + GUID).encode()).hexdigest()


Broken.main()
