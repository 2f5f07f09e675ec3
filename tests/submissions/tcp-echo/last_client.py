"""The client is kept where all threads share it, so what comes is sent to the one that came last.

Caught by: tcp-echo/two_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def accept(self, listener):
        self.client = super().accept(listener)
        return self.client

    def send(self, client, data):
        super().send(self.client, data)


Broken.main()
