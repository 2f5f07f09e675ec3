"""The request line has no limit.

Caught by: limits/long_target, limits/endless_line
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_target(self, line):
        pass


Broken.main()
