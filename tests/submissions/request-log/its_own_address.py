"""The first field is the address that the server listens on.

Caught by: request-log/logs_the_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def host(self, request):
        return "0.0.0.0"


Broken.main()
