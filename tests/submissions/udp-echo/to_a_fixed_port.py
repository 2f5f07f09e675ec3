"""The answers go to port 4222, where a client was once tried by hand.

Caught by: udp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send_datagram(self, endpoint, data, client):
        endpoint.sendto(data, (client[0], 4222))


Broken.main()
