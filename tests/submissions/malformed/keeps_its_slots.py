"""There are four slots for clients, and one that leaves in the middle of a head keeps its own.

Caught by: malformed/lives_on
"""

import threading
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    slots = threading.Semaphore(4)

    def converse(self, client):
        self.slots.acquire()
        super().converse(client)
        self.slots.release()

    def read_head(self, client):
        head = super().read_head(client)
        if head is None and client.buffer:
            raise ConnectionAbortedError("the client has left")
        return head


Broken.main()
