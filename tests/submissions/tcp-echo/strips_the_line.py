"""The line end is taken off, as from a line that is typed.

Caught by: tcp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.strip()


Broken.main()
