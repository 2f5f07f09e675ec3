"""The first line of a chunk has no limit.

Caught by: limits/endless_extension
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_line(self, line):
        pass


Broken.main()
