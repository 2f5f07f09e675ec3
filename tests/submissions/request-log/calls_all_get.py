"""Each line says GET.

Caught by: request-log/logs_the_request_line
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def request_line(self, request):
        return f"GET {request.target} {request.version}"


Broken.main()
