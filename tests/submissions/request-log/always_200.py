"""The status of each line is 200.

Caught by: request-log/logs_404, request-log/logs_500, request-log/logs_the_request_line
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def logged_status(self, response):
        return 200


Broken.main()
