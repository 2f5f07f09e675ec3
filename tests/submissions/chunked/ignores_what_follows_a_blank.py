"""The size of a chunk ends at a blank, whatever follows.

Caught by: chunked/blank_behind_the_size
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_size(self, client):
        line = super().read_size(client)
        size, _, rest = line.replace(b"\t", b" ").partition(b" ")
        return size if size and b"=" not in rest.partition(b";")[0] else line


Broken.main()
