"""The middleware is inside of what catches exceptions: a 500 has none of its headers.

Caught by: middleware/error_has_both
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def finished(self, request, response):
        return response if response.status == 500 else super().finished(request, response)


Broken.main()
