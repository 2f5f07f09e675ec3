"""The line has the method and the path, and no version.

Caught by: request-log/logs_a_request
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def request_line(self, request):
        return f"{request.method} {request.target}"


Broken.main()
