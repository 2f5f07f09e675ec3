"""Only whole lines are sent back.

Caught by: tcp-echo/without_a_line_end
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        with client.makefile("rb") as lines:
            while line := lines.readline(1 << 20):
                self.send(client, self.echoed(line))


Broken.main()
