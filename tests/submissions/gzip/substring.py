"""The value is searched for the letters gzip.

Caught by: gzip/refused, gzip/look_alikes, gzip/capitals, gzip/highest_weight
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return "gzip" in listed


Broken.main()
