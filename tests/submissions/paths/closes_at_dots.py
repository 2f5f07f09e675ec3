"""A path with dots is not answered: the connection is closed.

Caught by: paths/unusual_path_is_answered
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def path(self, target):
        if target.startswith("/."):
            raise RuntimeError("dots are not allowed")
        return super().path(target)


Broken.main()
