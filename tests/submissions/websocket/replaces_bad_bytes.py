"""What is not UTF-8 in a text is replaced.

Caught by: websocket/not_utf8
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def decode_text(self, payload):
        return payload.decode("utf-8", "replace")


Broken.main()
