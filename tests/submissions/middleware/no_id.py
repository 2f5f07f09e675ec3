"""Answers have no X-Request-ID.

Caught by: middleware/has_an_id
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def finished(self, request, response):
        self.secure(response)
        return response


Broken.main()
