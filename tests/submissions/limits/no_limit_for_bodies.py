"""A body may have any length: it is read as long as it comes.

Caught by: limits/announced_body, limits/length_overflows, limits/nothing_is_smuggled, limits/others_are_served, limits/announced_chunk, limits/growing_body
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_body_size(self, size):
        pass


Broken.main()
