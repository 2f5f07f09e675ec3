"""A client that accepts deflate gets gzip, because both compress in the same way.

Caught by: gzip/deflate_only
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return listed == "deflate" or super().accepts_gzip(listed)


Broken.main()
