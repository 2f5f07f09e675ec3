"""The query is taken for a part of the text.

Caught by: echo/query_is_no_text
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def path(self, target):
        return target if target.startswith("/echo/") else super().path(target)


Broken.main()
