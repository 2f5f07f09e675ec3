"""The query string is taken for a part of the name.

Caught by: index/query_keeps_the_page
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def path(self, target):
        return target


Broken.main()
