"""The query is left out.

Caught by: request-log/logs_500, request-log/logs_the_request_line
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def request_line(self, request):
        return f"{request.method} {self.path(request.target)} {request.version}"


Broken.main()
