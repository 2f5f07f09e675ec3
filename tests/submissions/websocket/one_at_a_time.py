"""One WebSocket is served at a time.

Caught by: websocket/two_clients
"""

import sys

sys.path[0] += "/.."
from right_server import Client
from web_server import WebServer


class Broken(WebServer):
    def start(self, connection, address):
        self.handle(Client(connection, address))


Broken.main()
