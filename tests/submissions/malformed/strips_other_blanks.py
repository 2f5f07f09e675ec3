"""Around a value, whatever counts as white space in Unicode is stripped.

Caught by: malformed/length_in_digits
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, value.strip()


Broken.main()
