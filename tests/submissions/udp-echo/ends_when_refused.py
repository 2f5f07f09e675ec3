"""The socket reports errors (IP_RECVERR), and the one of a client that is gone ends the program.

Caught by: udp-echo/gone
"""

import socket
import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def bind(self):
        endpoint = super().bind()
        endpoint.setsockopt(socket.IPPROTO_IP, 11, 1)
        return endpoint


Broken.main()
