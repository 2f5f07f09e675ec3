"""The target is decoded before it is looked at: a decoded # or ? ends the path.

Caught by: echo/percent_encoding
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def path(self, target):
        path = super().path(target)
        return path.replace("%3F", "?").replace("%23", "#").partition("?")[0].partition("#")[0]


Broken.main()
