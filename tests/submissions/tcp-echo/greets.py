"""A greeting comes before the first bytes.

Caught by: tcp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        self.send(client, b"Welcome to the echo server.\n")
        super().echo(client)


Broken.main()
