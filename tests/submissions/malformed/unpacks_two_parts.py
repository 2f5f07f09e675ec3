"""A header line is unpacked into two parts, which raises where there is no colon.

Caught by: malformed/line_without_colon
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_colon(self, colon):
        if not colon:
            raise RuntimeError("not enough values to unpack (expected 2, got 1)")


Broken.main()
