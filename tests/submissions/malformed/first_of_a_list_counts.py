"""Of a list of lengths on one line, the first one counts.

Caught by: malformed/two_lengths
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, value.partition(",")[0] if name == "content-length" else value


Broken.main()
