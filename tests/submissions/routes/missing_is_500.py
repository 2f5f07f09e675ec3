"""A path that is neither a route nor a file is answered with 500.

Caught by: routes/unknown_gets_404
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def not_found(self):
        return self.error(500)


Broken.main()
