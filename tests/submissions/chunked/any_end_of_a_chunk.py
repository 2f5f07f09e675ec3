"""Behind a chunk, two bytes are skipped, whatever they are.

Caught by: chunked/line_end_behind_a_chunk
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def end_chunk(self, client):
        self.take(client, 2)


Broken.main()
