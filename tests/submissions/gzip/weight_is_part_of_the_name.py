"""The items are compared whole, with their weights.

Caught by: gzip/with_a_weight
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return "gzip" in [item.lower() for item in self.items(listed)]


Broken.main()
