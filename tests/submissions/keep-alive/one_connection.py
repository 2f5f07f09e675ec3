"""The server stays with one connection until it is closed, before it accepts the next.

Caught by: keep-alive/interleaved
"""

import sys

sys.path[0] += "/.."
from right_server import Client, Server


class Broken(Server):
    def start(self, connection, address):
        self.handle(Client(connection, address))


Broken.main()
