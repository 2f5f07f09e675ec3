"""A handshake without a key is taken.

Caught by: websocket/without_a_key
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def has_key(self, request):
        return True


Broken.main()
