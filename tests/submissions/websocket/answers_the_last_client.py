"""An answer goes to the client that has connected last.

Caught by: websocket/two_clients
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def talk(self, client):
        self.last = client
        super().talk(client)

    def send_frame(self, client, opcode, payload):
        super().send_frame(self.last, opcode, payload)


Broken.main()
