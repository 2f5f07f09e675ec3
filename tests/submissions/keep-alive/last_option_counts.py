"""Of several connection options, the last one counts.

Caught by: keep-alive/close_wins
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def connection_header(self, request):
        return super().connection_header(request).rpartition(",")[2]


Broken.main()
