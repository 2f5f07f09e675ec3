"""A target that is too long is answered as if the header lines were.

Caught by: limits/long_target
"""

import sys

sys.path[0] += "/.."
from hardened_server import TARGET_LIMIT, HardenedServer, Refusal


class Broken(HardenedServer):
    def check_target(self, line):
        if len(line) > TARGET_LIMIT:
            raise Refusal(431)


Broken.main()
