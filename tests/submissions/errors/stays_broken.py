"""After ten exceptions every request gets a 500, until the program is started again.

Caught by: errors/serves_on
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    errors = 0

    def route(self, request, path):
        if self.errors > 10:
            return self.error(500)
        return super().route(request, path)

    def on_error(self, request, error):
        self.errors += 1
        return super().on_error(request, error)


Broken.main()
