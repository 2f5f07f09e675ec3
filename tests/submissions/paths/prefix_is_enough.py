"""startswith is used for a route that is one whole path.

Caught by: paths/near_misses_are_404
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def route(self, request, path):
        if path.startswith("/user-agent"):
            return self.user_agent(request)
        return super().route(request, path)


Broken.main()
