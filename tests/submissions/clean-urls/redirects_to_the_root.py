"""The redirect from /about.html leads to the index of the site.

Caught by: clean-urls/serves_it_by_name
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        if not path.endswith(".html") or path == "/index.html":
            return super().route(request, path)
        response = Response(301)
        response.headers["Location"] = "/"
        return response


Broken.main()
