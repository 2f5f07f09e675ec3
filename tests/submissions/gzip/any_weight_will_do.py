"""Everything that is not refused counts the same, whatever the client likes better.

Caught by: gzip/highest_weight
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def q(self, text):
        return float(float(text) > 0) * 2


Broken.main()
