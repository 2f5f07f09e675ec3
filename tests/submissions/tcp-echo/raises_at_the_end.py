"""The first byte of what was read is looked at, also when nothing was, and the error ends the program.

Caught by: tcp-echo/next_client
"""

import os
import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def receive(self, client):
        data = super().receive(client)
        print(data[0])
        return data

    def failed(self, error):
        super().failed(error)
        os._exit(1)


Broken.main()
