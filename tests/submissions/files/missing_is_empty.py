"""A missing file is answered 200, with nothing in it.

Caught by: files/missing_is_404
"""

import os
import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def serve_file(self, request, name):
        path = self.place_to_read(name)
        if path and not os.path.exists(path):
            return Response(200, b"", "application/octet-stream")
        return super().serve_file(request, name)


Broken.main()
