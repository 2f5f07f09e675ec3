"""The first byte of a datagram is looked at, also when there is none.

Caught by: udp-echo/empty_ends_nothing
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        print("first byte:", data[0])
        return data


Broken.main()
