"""A pong is answered with a pong.

Caught by: websocket/pong_is_ignored
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def take_pong(self, client, payload):
        self.pong(client, payload)


Broken.main()
