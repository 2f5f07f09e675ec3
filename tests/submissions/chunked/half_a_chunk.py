"""Of a chunk, the first 64 KiB are stored.

Caught by: chunked/whole_chunk
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def take(self, client, size):
        return super().take(client, size)[:65536]


Broken.main()
