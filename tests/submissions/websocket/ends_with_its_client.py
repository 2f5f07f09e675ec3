"""The program ends when a client leaves in the middle of a frame.

Caught by: websocket/leaves
"""

import os
import sys

sys.path[0] += "/.."
from _web_live import Left
from web_server import WebServer


class Broken(WebServer):
    def exactly(self, client, size):
        try:
            return super().exactly(client, size)
        except Left:
            if client.buffer:
                os._exit(1)
            raise


Broken.main()
