"""A star in the list is taken for gzip, whatever its weight.

Caught by: gzip/star_and_identity
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return "*" in listed or super().accepts_gzip(listed)


Broken.main()
