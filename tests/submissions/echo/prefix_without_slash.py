"""The route is /echo without its second slash, so that /echox is taken for it.

Caught by: echo/near_miss_is_404
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def route(self, request, path):
        if path.startswith("/echo"):
            return self.echo(request, path)
        return super().route(request, path)


Broken.main()
