"""A header line without a colon is left out.

Caught by: malformed/says_400
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_headers(self, lines):
        return super().parse_headers([line for line in lines if ":" in line])


Broken.main()
