"""The status is left out.

Caught by: request-log/logs_a_request
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def line(self, request, response):
        first, _, size = super().line(request, response).rpartition(" ")
        return f"{first.rpartition(' ')[0]} {size}"


Broken.main()
