"""A plain GET of /ws raises, for it has no key.

Caught by: websocket/plain_get
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def is_handshake(self, request):
        return bool(request.headers["sec-websocket-key"]) and super().is_handshake(request)


Broken.main()
