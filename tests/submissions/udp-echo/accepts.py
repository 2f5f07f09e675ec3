"""The UDP socket is bound, and then the program waits in accept for clients that connect.

Caught by: udp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def serve_udp(self):
        with self.bind(), self.listen() as listener:
            while True:
                self.accept(listener)


Broken.main()
