"""A short line that is the same as the one before is taken for a repeated packet.

Caught by: tcp-echo/same_again
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer

LONGEST_LINE = 20

class Broken(SocketServer):
    def echo(self, client):
        before = None
        while data := self.receive(client):
            if data != before or len(data) > LONGEST_LINE:
                self.send(client, data)
            before = data


Broken.main()
