"""Only whole lines are sent back.

Caught by: tcp-echo/without_a_line_end
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        with client.makefile("rb") as lines:
            for line in lines:
                self.send(client, self.echoed(line))


Broken.main()
