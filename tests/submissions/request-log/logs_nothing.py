"""Nothing is printed.

Caught by: request-log/logs_a_request
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def log(self, line):
        pass


Broken.main()
