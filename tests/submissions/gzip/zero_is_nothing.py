"""The weight is tested where "is None" is meant: q=0 counts as no weight at all.

Caught by: gzip/refused
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def q(self, text):
        return float(text) or 1.0


Broken.main()
