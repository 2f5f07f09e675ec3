"""An upload without its last boundary is taken for a whole one.

Caught by: uploads/no_end_is_refused
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def without_an_end(self, pieces):
        return pieces


Broken.main()
