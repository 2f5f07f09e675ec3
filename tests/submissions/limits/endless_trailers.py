"""Trailers have no limit.

Caught by: limits/endless_trailers
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_trailers(self, size):
        pass


Broken.main()
