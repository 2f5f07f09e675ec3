"""The bytes are printed, and never sent back.

Caught by: tcp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send(self, client, data):
        print(data)


Broken.main()
