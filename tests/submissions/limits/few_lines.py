"""A head may have 24 lines.

Caught by: limits/long_header_is_served
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_fields(self, fields):
        super().check_fields(fields)
        if fields.count(b"\n") > 24 and len(fields) < 65536:
            raise Refusal(431)


Broken.main()
