"""What a handler raises is printed in the place of the line.

Caught by: request-log/logs_500
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def line(self, request, response):
        return super().line(request, response) if response.status != 500 else "an error"


Broken.main()
