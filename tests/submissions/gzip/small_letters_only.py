"""The name of the coding is compared letter by letter, with its case.

Caught by: gzip/capitals
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return "GZIP" not in listed and super().accepts_gzip(listed)


Broken.main()
