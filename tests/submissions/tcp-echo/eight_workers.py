"""Eight workers serve all clients, and each stays with its client until it leaves.

Caught by: tcp-echo/many_clients
"""

import sys
from concurrent.futures import ThreadPoolExecutor

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    workers = ThreadPoolExecutor(8)

    def start(self, client):
        self.workers.submit(self.serve, client)


Broken.main()
