"""HEAD has a handler of its own, which does not look where the path leads.

Caught by: traversal/head_stays_inside
"""

import os
import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        file = self.directory / unquote(path).replace("\0", "").lstrip("/")
        if request.method == "HEAD" and os.path.isfile(file):
            return self.file(request, file)
        return super().route(request, path)


Broken.main()
