"""A text is not decoded at all.

Caught by: websocket/not_utf8
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def answer(self, client, opcode, payload):
        self.send_frame(client, opcode, payload)


Broken.main()
