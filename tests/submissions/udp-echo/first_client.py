"""All answers go to the client that came first.

Caught by: udp-echo/several_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    client = None

    def send_datagram(self, endpoint, data, client):
        self.client = self.client or client
        endpoint.sendto(data, self.client)


Broken.main()
