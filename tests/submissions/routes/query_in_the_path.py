"""The query string belongs to the path in which the route is looked for.

Caught by: routes/query_keeps_the_route
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def route(self, request, path):
        return super().route(request, path) if path == request.target else self.not_found()


Broken.main()
