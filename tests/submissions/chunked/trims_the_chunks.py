"""Blanks and line ends at both ends of a chunk are cut off.

Caught by: chunked/whole_chunk
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def take(self, client, size):
        return super().take(client, size).strip()


Broken.main()
