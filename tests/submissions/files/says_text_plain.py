"""A file is sent as text/plain.

Caught by: files/says_octet_stream
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def serve_file(self, request, name):
        response = super().serve_file(request, name)
        return Response(200, response.body, "text/plain") if response.status == 200 else response


Broken.main()
