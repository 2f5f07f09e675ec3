"""A page of the same name comes before a route, where a file named exactly so does not.

Caught by: routes/route_comes_first
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def route(self, request, path):
        if self.existing(f"{self.name(path)}.html") is not None:
            return self.fall_back(request, path)
        return super().route(request, path)


Broken.main()
