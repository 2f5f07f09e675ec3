"""A chunk may have any size, as long as what came before it is within the limit.

Caught by: limits/announced_chunk
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_chunk(self, body, size):
        self.check_body_size(len(body))


Broken.main()
