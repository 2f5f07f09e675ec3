"""The target is compared with the query string still on it.

Caught by: paths/query_keeps_the_route
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def path(self, target):
        return target


Broken.main()
