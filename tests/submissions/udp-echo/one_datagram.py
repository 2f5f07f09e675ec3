"""The program ends when it has answered one datagram.

Caught by: udp-echo/several_clients, udp-echo/same_again
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send_datagram(self, endpoint, data, client):
        super().send_datagram(endpoint, data, client)
        sys.exit()


Broken.main()
