"""The program ends when its first client has been served.

Caught by: tcp-ping-pong/next_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def start(self, client):
        self.serve(client)
        sys.exit()


Broken.main()
