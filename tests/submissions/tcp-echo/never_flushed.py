"""The answer is written to a buffered stream that nothing flushes.

Caught by: tcp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        with client.makefile("wb") as stream:
            while data := self.receive(client):
                stream.write(data)


Broken.main()
