"""The pattern of a route takes any word where it should say echo.

Caught by: paths/nested_is_404
"""

import re
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def route(self, request, path):
        if found := re.fullmatch(r"/\w+/(\w+)", path):
            return self.echo(request, "/echo/" + found[1])
        return super().route(request, path)


Broken.main()
