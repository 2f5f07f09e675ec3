"""A missing image is answered with an empty one.

Caught by: not-found-page/every_kind_is_404
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        response = super().route(request, path)
        if response.status == 404 and path.endswith(".png"):
            return Response(200, b"", "image/png")
        return response


Broken.main()
