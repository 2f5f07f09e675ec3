"""A folder that does not exist is listed all the same, which raises an error.

Caught by: folders/missing_is_404
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        folder = self.place_to_read(self.name(path))
        if path.endswith("/") and folder is not None:
            list(folder.iterdir())
        return super().route(request, path)


Broken.main()
