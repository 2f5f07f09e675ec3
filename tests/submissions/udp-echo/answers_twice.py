"""Each datagram comes back twice, in case one gets lost.

Caught by: udp-echo/nothing_unasked
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send_datagram(self, endpoint, data, client):
        for _ in range(2):
            super().send_datagram(endpoint, data, client)


Broken.main()
