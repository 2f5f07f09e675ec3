"""What was not found is not logged.

Caught by: request-log/logs_404
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def respond(self, request, close):
        self.missing = False
        return super().respond(request, close)

    def line(self, request, response):
        return super().line(request, response) if response.status != 404 else "not found"


Broken.main()
