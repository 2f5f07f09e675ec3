"""The key is decoded from Base64 before it is joined with the fixed text.

Caught by: websocket/text_comes_back
"""

import base64
import hashlib
import sys

sys.path[0] += "/.."
from _web_live import GUID
from web_server import WebServer


class Broken(WebServer):
    def accept_key(self, key):
        return base64.b64encode(hashlib.sha1(base64.b64decode(key) + GUID.encode()).digest()).decode()


Broken.main()
