"""The dashes at the beginning of the boundary are cut off.

Caught by: uploads/dashes_in_the_boundary
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def boundary(self, request):
        return super().boundary(request).lstrip("-")


Broken.main()
