"""The chunks are read, and nothing of them is kept.

Caught by: chunked/ordinary_client
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_chunks(self, client):
        super().read_chunks(client)
        return b""


Broken.main()
