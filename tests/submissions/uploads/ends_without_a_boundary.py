"""An upload without a boundary ends the program.

Caught by: uploads/no_end_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def boundary(self, request):
        found = super().boundary(request)
        if not found:
            os._exit(1)
        return found


Broken.main()
