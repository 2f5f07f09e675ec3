"""Upgrade has to be websocket in small letters.

Caught by: websocket/like_firefox
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def wants_upgrade(self, request):
        return self.header(request, "Upgrade") == "websocket" and "upgrade" in self.options(request)


Broken.main()
