"""Connection has to be the one word Upgrade.

Caught by: websocket/like_firefox
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def options(self, request):
        return [self.header(request, "Connection").lower()]


Broken.main()
