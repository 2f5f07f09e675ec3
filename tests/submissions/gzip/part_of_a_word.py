"""An item counts as soon as its name contains gzip.

Caught by: gzip/look_alikes
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def weight(self, item):
        name, q = super().weight(item)
        return "gzip" if "gzip" in name else name, q


Broken.main()
