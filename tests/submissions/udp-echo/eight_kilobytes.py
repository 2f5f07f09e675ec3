"""recvfrom is asked for 8,192 bytes, as in Twisted and socat.

Caught by: udp-echo/largest
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def serve_datagram(self, endpoint):
        data, client = endpoint.recvfrom(8192)
        self.send_datagram(endpoint, data, client)


Broken.main()
