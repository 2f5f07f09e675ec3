"""Who sends a key and a version gets a WebSocket, with Upgrade and Connection or without.

Caught by: websocket/lost_upgrade
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def wants_upgrade(self, request):
        return self.has_key(request)


Broken.main()
