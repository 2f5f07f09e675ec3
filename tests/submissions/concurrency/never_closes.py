"""Each connection is put into a list, and no one ever closes it.

Caught by: concurrency/no_descriptor_leak
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    connections = []

    def handle(self, client):
        self.connections.append(client.socket.dup())
        super().handle(client)


Broken.main()
