"""A line that begins with a blank is left out, and with it a part of the value above.

Caught by: malformed/folded_line
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_headers(self, lines):
        return super().parse_headers([line for line in lines if not line.startswith((" ", "\t"))])


Broken.main()
