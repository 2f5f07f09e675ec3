"""One recv and one send make the whole conversation.

Caught by: tcp-echo/again
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        self.send(client, self.echoed(self.receive(client)))


Broken.main()
