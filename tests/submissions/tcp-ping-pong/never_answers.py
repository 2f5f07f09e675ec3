"""The line is read and printed, and never answered.

Caught by: tcp-ping-pong/answers
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def ping_pong(self, client):
        while message := self.message(client):
            print(message)


Broken.main()
