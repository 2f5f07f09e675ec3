"""A file of the site comes before a route.

Caught by: routes/route_comes_first
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def route(self, request, path):
        if self.find(self.name(path)) is not None:
            return self.fall_back(request, path)
        return super().route(request, path)


Broken.main()
