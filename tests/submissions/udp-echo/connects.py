"""The socket is connected to the first client, so that send finds it.

Caught by: udp-echo/several_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    client = None

    def send_datagram(self, endpoint, data, client):
        if self.client is None:
            self.client = client
            endpoint.connect(client)
        endpoint.send(data)


Broken.main()
