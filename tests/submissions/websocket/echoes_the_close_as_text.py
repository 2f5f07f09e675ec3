"""The payload of a close frame comes back as a text.

Caught by: websocket/close
"""

import sys

sys.path[0] += "/.."
from _web_live import TEXT
from web_server import WebServer


class Broken(WebServer):
    def close(self, client, payload):
        self.send_frame(client, TEXT, payload[2:])


Broken.main()
