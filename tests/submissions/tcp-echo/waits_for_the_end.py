"""All bytes are read until the client closes, and only then sent back.

Caught by: tcp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        everything = b""
        while data := self.receive(client):
            everything += data
        self.send(client, everything)


Broken.main()
