"""A folder of the same name comes before a route: the client is sent to it.

Caught by: routes/route_comes_first
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def route(self, request, path):
        if self.is_folder(self.name(path)):
            return self.moved(request, path)
        return super().route(request, path)


Broken.main()
