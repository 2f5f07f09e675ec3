"""One lock guards all that is sent, and a client that does not read holds it.

Caught by: tcp-echo/slow_reader
"""

import sys
import threading

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    lock = threading.Lock()

    def send(self, client, data):
        with self.lock:
            super().send(client, data)


Broken.main()
