"""The first line is split wherever Unicode knows a blank.

Caught by: malformed/one_space
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def split_request_line(self, line):
        return super().split_request_line(" ".join(line.split()))


Broken.main()
