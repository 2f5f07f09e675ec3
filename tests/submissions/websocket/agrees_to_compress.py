"""The answer agrees to compression, which the server does not know.

Caught by: websocket/ordinary_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def extensions(self, request):
        offered = self.header(request, "Sec-WebSocket-Extensions")
        return {"Sec-WebSocket-Extensions": "permessage-deflate"} if offered else {}


Broken.main()
