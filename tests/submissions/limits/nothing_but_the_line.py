"""A request may have no header lines.

Caught by: limits/ordinary_request
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_fields(self, fields):
        if fields:
            raise Refusal(431)


Broken.main()
