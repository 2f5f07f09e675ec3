"""The size of a chunk is kept in 64 bits, and the rest of it is lost.

Caught by: chunked/size_overflows
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def chunk_size(self, line):
        return super().chunk_size(line) & (1 << 64) - 1


Broken.main()
