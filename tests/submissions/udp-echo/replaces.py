"""The bytes are decoded to text, and what is not UTF-8 is replaced.

Caught by: udp-echo/every_byte
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.decode(errors="replace").encode()


Broken.main()
