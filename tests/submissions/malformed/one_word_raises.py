"""A first line of one word is split into two, which raises.

Caught by: malformed/garbage
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def split_request_line(self, line):
        if " " not in line:
            raise IndexError("list index out of range")
        return super().split_request_line(line)


Broken.main()
