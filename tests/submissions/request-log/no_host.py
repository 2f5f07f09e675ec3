"""The first field is a minus.

Caught by: request-log/logs_the_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def host(self, request):
        return "-"


Broken.main()
