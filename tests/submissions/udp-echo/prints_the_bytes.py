"""The bytes are put into a string, which says how Python writes them.

Caught by: udp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return str(data).encode()


Broken.main()
