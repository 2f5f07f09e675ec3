"""After pong the connection stays open until the client closes it.

Caught by: tcp-ping-pong/closes
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def finish(self, client):
        while self.receive(client):
            pass


Broken.main()
