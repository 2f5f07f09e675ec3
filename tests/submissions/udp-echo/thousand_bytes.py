"""recvfrom is asked for 1,024 bytes, and the rest of a datagram is lost.

Caught by: udp-echo/a_full_packet
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def serve_datagram(self, endpoint):
        data, client = endpoint.recvfrom(1024)
        self.send_datagram(endpoint, data, client)


Broken.main()
