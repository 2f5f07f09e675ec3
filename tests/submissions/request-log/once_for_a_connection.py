"""Only the first request of a connection is logged.

Caught by: request-log/one_line_each
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def line(self, request, response):
        first = not request.client.answered
        return super().line(request, response) if first else "one more"


Broken.main()
