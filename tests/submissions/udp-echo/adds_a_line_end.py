"""A datagram gets a line end when it has none.

Caught by: udp-echo/line_ends
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data if not data or data.endswith(b"\n") or len(data) > 1000 else data + b"\n"


Broken.main()
