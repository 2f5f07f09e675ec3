"""A 404 names what was looked for in a header of its own, decoded.

Caught by: folders/line_ends_make_no_header
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        response = super().route(request, path)
        if response.status == 404:
            response.headers["X-Missing"] = unquote(path).encode().decode("latin-1")
        return response


Broken.main()
