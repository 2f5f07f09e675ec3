"""The line ends with the status.

Caught by: request-log/logs_a_request
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def line(self, request, response):
        return super().line(request, response).rpartition(" ")[0]


Broken.main()
