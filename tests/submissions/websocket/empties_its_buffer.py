"""What has come with a frame is forgotten after it.

Caught by: websocket/two_at_once
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def take(self, client, message, fin, opcode, payload):
        client.buffer = b""
        return super().take(client, message, fin, opcode, payload)


Broken.main()
