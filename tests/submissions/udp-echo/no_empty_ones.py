"""An empty datagram is not answered.

Caught by: udp-echo/empty_comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send_datagram(self, endpoint, data, client):
        if data:
            super().send_datagram(endpoint, data, client)


Broken.main()
