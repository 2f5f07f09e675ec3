"""A ping is answered with a ping.

Caught by: websocket/ping
"""

import sys

sys.path[0] += "/.."
from _web_live import PING
from web_server import WebServer


class Broken(WebServer):
    def pong(self, client, payload):
        self.send_frame(client, PING, payload)


Broken.main()
