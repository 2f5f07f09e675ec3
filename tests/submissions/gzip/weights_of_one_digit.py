"""Weights are rounded up to one digit behind the point.

Caught by: gzip/highest_weight
"""

import math
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def q(self, text):
        return math.ceil(10 * super().q(text)) / 10


Broken.main()
