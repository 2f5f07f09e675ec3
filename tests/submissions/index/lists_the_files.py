"""Without an index, the path / is a list of all files.

Caught by: index/sends_no_list
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        names = "".join(f"<li>{path.name}</li>\n" for path in self.directory.iterdir())
        return Response(200, names.encode(), "text/html")


Broken.main()
