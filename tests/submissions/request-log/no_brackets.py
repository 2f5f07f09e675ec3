"""The date has no brackets.

Caught by: request-log/logs_a_request
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def line(self, request, response):
        return super().line(request, response).replace("[", "", 1).replace("]", "", 1)


Broken.main()
