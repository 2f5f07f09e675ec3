"""The whole first line of a chunk is taken for its size.

Caught by: chunked/extensions
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def chunk_size(self, line):
        if b";" in line:
            raise Refusal(400)
        return super().chunk_size(line)


Broken.main()
