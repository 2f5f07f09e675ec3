"""Sec-WebSocket-Accept is the one that stands in the RFC.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def accept_key(self, key):
        return "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


Broken.main()
