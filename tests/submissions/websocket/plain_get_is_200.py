"""A plain GET of /ws gets a page.

Caught by: websocket/plain_get
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def refuse_plain(self, request):
        return self.text("Use a WebSocket.")


Broken.main()
