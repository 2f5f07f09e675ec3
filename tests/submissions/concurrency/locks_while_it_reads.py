"""A lock that all threads share is held while a client is read from.

Caught by: concurrency/silent_clients
"""

import sys
import threading

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    lock = threading.Lock()

    def read_head(self, client):
        with self.lock:
            return super().read_head(client)


Broken.main()
