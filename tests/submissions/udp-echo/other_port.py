"""Each answer is sent from a socket of its own, so it comes from another port.

Caught by: udp-echo/comes_back
"""

import socket
import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send_datagram(self, endpoint, data, client):
        with socket.socket(type=socket.SOCK_DGRAM) as other:
            other.bind(("127.0.0.1", 4222))
            other.sendto(data, client)


Broken.main()
