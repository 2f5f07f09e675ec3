"""The socket is connected to the client of each datagram, and takes none of other clients until the next.

Caught by: udp-echo/several_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send_datagram(self, endpoint, data, client):
        endpoint.connect(client)
        endpoint.send(data)


Broken.main()
