"""The query is taken for a part of the path.

Caught by: headers/query_keeps_the_route
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def path(self, target):
        return target if target.startswith("/user-agent") else super().path(target)


Broken.main()
