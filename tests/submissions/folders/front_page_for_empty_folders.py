"""A folder without an index is answered with a page of the application, and with 200.

Caught by: folders/answers_without_an_index
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        folder = self.place_to_read(self.name(path))
        if folder is not None and folder.is_dir() and not (folder / "index.html").exists():
            return Response(200, b"<!doctype html><title>Our site</title>", "text/html")
        return super().route(request, path)


Broken.main()
