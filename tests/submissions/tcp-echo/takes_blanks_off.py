"""Blanks at the beginning of a line are taken off.

Caught by: tcp-echo/line_ends
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.lstrip(b" \t")


Broken.main()
