"""A pong has no payload.

Caught by: websocket/ping
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pong(self, client, payload):
        super().pong(client, b"")


Broken.main()
