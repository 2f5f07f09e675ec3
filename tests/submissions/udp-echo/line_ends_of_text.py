"""As a stream of text does, it makes one line feed of each line end.

Caught by: udp-echo/line_ends
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.replace(b"\r\n", b"\n")


Broken.main()
