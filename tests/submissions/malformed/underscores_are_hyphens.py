"""In names of headers, an underscore is the same as a hyphen.

Caught by: malformed/decoys
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name.replace("_", "-"), value


Broken.main()
