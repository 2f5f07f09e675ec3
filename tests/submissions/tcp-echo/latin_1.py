"""The bytes are decoded as Latin-1 and encoded as UTF-8.

Caught by: tcp-echo/every_byte
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.decode("latin-1").encode()


Broken.main()
