"""Each chunk has a limit, and all of them together have none.

Caught by: limits/growing_body
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_chunk(self, body, size):
        self.check_body_size(size)


Broken.main()
