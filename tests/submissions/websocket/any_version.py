"""Any version is taken for 13.

Caught by: websocket/other_version
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def has_version(self, request):
        return True


Broken.main()
