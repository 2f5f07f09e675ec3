"""Four workers serve all clients, and each stays with its client until it leaves.

Caught by: concurrency/reverse_order, concurrency/idle_clients
"""

import sys
from concurrent.futures import ThreadPoolExecutor

sys.path[0] += "/.."
from right_server import Client, Server


class Broken(Server):
    workers = ThreadPoolExecutor(4)

    def start(self, connection, address):
        self.workers.submit(self.handle, Client(connection, address))


Broken.main()
