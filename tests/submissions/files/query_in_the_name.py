"""The whole target is taken for the path: a query is part of the name.

Caught by: files/query_is_no_name
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def path(self, target):
        return target if target.startswith("/files/") else super().path(target)


Broken.main()
