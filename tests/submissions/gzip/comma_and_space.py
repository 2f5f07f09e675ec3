"""The list is split at a comma and a space, but the space is optional.

Caught by: gzip/without_spaces
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def items(self, listed):
        return listed.split(", ")


Broken.main()
