"""The connection is kept where all clients share it, so every answer goes to the client that came last.

Caught by: concurrency/reverse_order, concurrency/many_clients
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def start(self, connection, address):
        self.newest = connection
        super().start(connection, address)

    def send(self, client, data):
        self.newest.sendall(data)


Broken.main()
