"""The program ends when a client leaves.

Caught by: tcp-echo/next_client
"""

import os
import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        super().echo(client)
        os._exit(0)


Broken.main()
