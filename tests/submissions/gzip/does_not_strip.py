"""The list is split at its commas, but the blanks stay at the items.

Caught by: gzip/among_others
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def items(self, listed):
        return listed.split(",")

    def weight(self, item):
        return super().weight(item if ";" in item else item.replace(" gzip", " ?"))


Broken.main()
