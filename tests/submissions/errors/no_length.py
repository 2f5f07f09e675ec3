"""The 500 is a head alone, without Content-Length, and the connection stays open.

Caught by: errors/end_is_told
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def frame(self, request, response):
        if response.status == 500:
            response.body = b""
        else:
            super().frame(request, response)


Broken.main()
