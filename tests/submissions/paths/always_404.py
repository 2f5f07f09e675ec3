"""The path is compared with a trailing space, so that even / is unknown.

Caught by: paths/root_still_works
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def path(self, target):
        return super().path(target) + " "


Broken.main()
