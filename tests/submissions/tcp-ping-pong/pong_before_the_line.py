"""Pong is sent as soon as a client connects, whatever it says later.

Caught by: tcp-ping-pong/only_pong
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def ping_pong(self, client):
        self.send(client, self.pong)
        self.finish(client)


Broken.main()
