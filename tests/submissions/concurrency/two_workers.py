"""Two workers serve all clients, and each stays with its client until it leaves.

Caught by: concurrency/silent_clients
"""

import sys
from concurrent.futures import ThreadPoolExecutor

sys.path[0] += "/.."
from right_server import Client, Server


class Broken(Server):
    workers = ThreadPoolExecutor(2)

    def start(self, connection, address):
        self.workers.submit(self.handle, Client(connection, address))


Broken.main()
