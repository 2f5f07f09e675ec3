"""What is sent back is the datagram before the one that came.

Caught by: udp-echo/several_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    before = None

    def echoed(self, data):
        before, self.before = self.before, data
        return before or data


Broken.main()
