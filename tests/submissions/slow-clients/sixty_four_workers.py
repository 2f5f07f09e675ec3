"""Each of the 64 workers serves one connection, and a silent client occupies one until its time is up.

Caught by: slow-clients/many_silent_clients
"""

import sys
import threading

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    workers = threading.Semaphore(64)

    def handle(self, client):
        with self.workers:
            super().handle(client)


Broken.main()
