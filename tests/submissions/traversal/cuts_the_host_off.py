"""A target with scheme and host takes another way, on which nobody looks where it leads.

Caught by: traversal/whole_url_stays_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        if "://" not in path:
            return super().route(request, path)
        file = self.directory / unquote(path.partition("://")[2].partition("/")[2])
        return self.file(request, file) if file.is_file() else self.not_found()


Broken.main()
