"""Header lines are counted, not measured, once they have come.

Caught by: limits/long_header
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_fields(self, fields):
        if fields.count(b"\n") > 1000 or len(fields) > 1 << 20:
            raise Refusal(431)


Broken.main()
