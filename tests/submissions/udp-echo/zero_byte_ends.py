"""As strlen does in C, the first zero byte ends what is sent back.

Caught by: udp-echo/every_byte
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.partition(b"\0")[0]


Broken.main()
