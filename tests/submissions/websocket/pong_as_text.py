"""The payload of a ping comes back as a text.

Caught by: websocket/ping
"""

import sys

sys.path[0] += "/.."
from _web_live import TEXT
from web_server import WebServer


class Broken(WebServer):
    def pong(self, client, payload):
        self.send_frame(client, TEXT, payload)


Broken.main()
