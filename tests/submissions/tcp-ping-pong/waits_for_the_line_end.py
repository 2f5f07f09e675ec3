"""The message is read until its line end, which a client may never send.

Caught by: tcp-ping-pong/without_a_line_end
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def message(self, client):
        with client.makefile("rb") as lines:
            return lines.readline()


Broken.main()
