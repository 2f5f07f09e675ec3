"""The answer to the handshake has no Upgrade.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def accept(self, request):
        response = super().accept(request)
        del response.headers["Upgrade"]
        return response


Broken.main()
