"""A line that begins with a blank is stripped and read as a header of its own, if it is not the first.

Caught by: malformed/folded_line
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_headers(self, lines):
        return super().parse_headers(lines[:1] + [line.lstrip() for line in lines[1:]])


Broken.main()
