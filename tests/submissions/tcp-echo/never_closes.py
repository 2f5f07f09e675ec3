"""The connection is kept when the client has closed its half.

Caught by: tcp-echo/after_the_half_close
"""

import sys
import threading

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        super().echo(client)
        threading.Event().wait()


Broken.main()
