"""After each answer a second datagram says that it is the end.

Caught by: udp-echo/nothing_unasked
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send_datagram(self, endpoint, data, client):
        super().send_datagram(endpoint, data, client)
        super().send_datagram(endpoint, b"END\n", client)


Broken.main()
