"""A client is refused unless its Accept names text: the media type of every answer, but not of every client.

Caught by: echo/ordinary_client
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def route(self, request, path):
        if "text/" not in request.headers.get("accept", "text/plain"):
            return Response(406)
        return super().route(request, path)


Broken.main()
