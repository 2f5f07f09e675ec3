"""All of the buffer is sent, and not as much of it as recv_into has filled.

Caught by: tcp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.ljust(1024, b"\0")


Broken.main()
