"""One recv is taken for all that the client sends, and the connection is closed with the rest unread.

Caught by: tcp-ping-pong/much_at_once
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def receive(self, client):
        return client.recv(1024)

    def finish(self, client):
        pass


Broken.main()
