"""Whatever ends in .html is answered with the start page.

Caught by: paths/file_name_is_404
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def route(self, request, path):
        return super().route(request, "/" if path.endswith(".html") else path)


Broken.main()
