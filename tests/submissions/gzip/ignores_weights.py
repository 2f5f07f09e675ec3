"""The items are cut at their semicolons, and what follows is not looked at.

Caught by: gzip/refused, gzip/highest_weight
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return "gzip" in [item.partition(";")[0].strip().lower() for item in self.items(listed)]


Broken.main()
