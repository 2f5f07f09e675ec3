"""Clients are served one after the other, and all wait for one that is silent.

Caught by: tcp-ping-pong/while_one_is_silent
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def start(self, client):
        self.serve(client)


Broken.main()
