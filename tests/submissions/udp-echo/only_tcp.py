"""The echo listens for connections, as in the stage before.

Caught by: udp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def serve_udp(self):
        self.serve_tcp()


Broken.main()
