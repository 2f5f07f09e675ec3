"""A lock is held while a request is read, from its first byte on.

Caught by: slow-clients/slow_client
"""

import sys
import threading

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    reading = threading.Lock()

    def read_request(self, client):
        if not client.buffer and not self.receive(client):
            return None
        with self.reading:
            return super().read_request(client)


Broken.main()
