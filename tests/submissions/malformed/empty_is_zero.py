"""A length that is empty counts as 0.

Caught by: malformed/empty_length
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, value or "0" if name == "content-length" else value


Broken.main()
