"""The bytes are decoded to text, and those that are not UTF-8 raise an error.

Caught by: udp-echo/every_byte
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.decode().encode()


Broken.main()
