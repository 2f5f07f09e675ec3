"""The guard is asked for files; a folder is listed wherever it is.

Caught by: traversal/folders_stay_outside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        folder = self.directory / unquote(path).replace("\0", "").lstrip("/")
        if path.endswith("/") and folder.is_dir() and not (folder / "index.html").exists():
            names = "".join(f"<li>{file.name}</li>" for file in sorted(folder.iterdir()))
            return Response(200, f"<!doctype html><ul>{names}</ul>".encode(), "text/html")
        return super().route(request, path)


Broken.main()
