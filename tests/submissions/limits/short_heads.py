"""Header lines may have 16 KiB.

Caught by: limits/headers_below_the_limit
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_fields(self, fields):
        if len(fields) > 16384:
            raise Refusal(431)


Broken.main()
