"""Only boundaries of up to 40 characters are read.

Caught by: uploads/dashes_in_the_boundary
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def boundary(self, request):
        return super().boundary(request)[:40]


Broken.main()
