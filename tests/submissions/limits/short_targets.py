"""A target may have 16 KiB.

Caught by: limits/target_below_the_limit
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_target(self, line):
        if len(line) > 16384:
            raise Refusal(414)


Broken.main()
