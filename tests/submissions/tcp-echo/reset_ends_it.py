"""The error of a client that resets its connection ends the program.

Caught by: tcp-echo/reset
"""

import os
import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def serve(self, client):
        try:
            self.talk(client)
            client.close()
        except OSError as error:
            self.failed(error)
            os._exit(1)


Broken.main()
