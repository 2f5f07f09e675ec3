"""After the first answer the server only reads.

Caught by: tcp-echo/again
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        self.send(client, self.echoed(self.receive(client)))
        while self.receive(client):
            pass


Broken.main()
