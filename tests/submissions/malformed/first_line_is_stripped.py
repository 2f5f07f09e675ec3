"""The first header line is stripped, and then read like the others.

Caught by: malformed/indented_first_line
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_headers(self, lines):
        return super().parse_headers([line.lstrip() for line in lines[:1]] + lines[1:])


Broken.main()
