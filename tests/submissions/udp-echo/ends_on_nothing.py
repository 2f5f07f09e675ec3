"""An empty datagram is taken for the end, as with TCP.

Caught by: udp-echo/empty_ends_nothing
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        if not data:
            sys.exit()
        return data


Broken.main()
