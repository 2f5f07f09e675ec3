"""Clients are served one after the other.

Caught by: tcp-echo/two_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def start(self, client):
        self.serve(client)


Broken.main()
