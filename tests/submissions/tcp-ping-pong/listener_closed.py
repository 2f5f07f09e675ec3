"""The listening socket is closed in place of the socket of the client.

Caught by: tcp-ping-pong/next_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def accept(self, listener):
        client = super().accept(listener)
        self.listener = listener
        return client

    def finish(self, client):
        super().finish(client)
        self.listener.shutdown(2)


Broken.main()
