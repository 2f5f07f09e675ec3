"""A folder that does not exist is answered like an empty one, with 200.

Caught by: folders/missing_is_404
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        folder = self.place_to_read(self.name(path))
        if path.endswith("/") and folder is not None and not folder.exists():
            return Response(200, b"<!doctype html><p>no files</p>", "text/html")
        return super().route(request, path)


Broken.main()
