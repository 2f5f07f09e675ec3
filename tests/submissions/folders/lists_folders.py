"""A folder without an index is answered with a list of its files.

Caught by: folders/sends_no_list
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        return Response(404)

    def route(self, request, path):
        folder = self.place_to_read(self.name(path))
        if path.endswith("/") and folder is not None and folder.is_dir() and not (folder / "index.html").exists():
            names = "".join(f"<li>{file.name}</li>" for file in sorted(folder.iterdir()))
            return Response(200, f"<!doctype html><ul>{names}</ul>".encode(), "text/html")
        return super().route(request, path)


Broken.main()
