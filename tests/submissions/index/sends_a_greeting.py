"""The path / gets the answer of an earlier stage, and never a file.

Caught by: index/serves_the_index
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        return Response(200, b"It works\n", "text/html") if path == "/" else super().route(request, path)


Broken.main()
