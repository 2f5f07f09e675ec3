"""A client that says close and keep-alive is kept.

Caught by: keep-alive/close_wins
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        return super().wants_close(client, request) and "keep-alive" not in self.connection_header(request)


Broken.main()
