"""A greeting comes before pong.

Caught by: tcp-ping-pong/answers
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def talk(self, client):
        self.send(client, b"welcome\n")
        super().talk(client)


Broken.main()
