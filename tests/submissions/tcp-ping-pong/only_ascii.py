"""The line is decoded as ASCII, and one with other letters raises an error.

Caught by: tcp-ping-pong/any_text
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def message(self, client):
        return super().message(client).decode("ascii")


Broken.main()
