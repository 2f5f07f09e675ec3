"""The quotes around a boundary are taken for a part of it.

Caught by: uploads/quoted_boundary
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def boundary(self, request):
        return self.header(request, "Content-Type").rpartition("oundary=")[2]


Broken.main()
