"""Datagrams are collected until there is a line end.

Caught by: udp-echo/line_ends
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    unended = b""

    def serve_datagram(self, endpoint):
        data, client = endpoint.recvfrom(65535)
        self.unended += data
        if not data or len(data) > 1000 or self.unended.endswith(b"\n"):
            self.send_datagram(endpoint, self.unended, client)
            self.unended = b""


Broken.main()
