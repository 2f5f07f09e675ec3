"""A client that leaves in the middle of a head takes the whole program with it.

Caught by: malformed/lives_on
"""

import os
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_head(self, client):
        head = super().read_head(client)
        if head is None and client.buffer:
            print("the client left in the middle of a line", flush=True)
            os._exit(1)
        return head


Broken.main()
