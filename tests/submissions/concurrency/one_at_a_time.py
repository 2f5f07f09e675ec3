"""The server talks to one client until it leaves, and only then goes back to accept.

Caught by: concurrency/silent_clients
"""

import sys

sys.path[0] += "/.."
from right_server import Client, Server


class Broken(Server):
    def start(self, connection, address):
        self.handle(Client(connection, address))


Broken.main()
