"""What stands between the end of a chunk and the end of its line is skipped.

Caught by: chunked/longer_than_its_size
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def end_chunk(self, client):
        self.read_line(client)


Broken.main()
