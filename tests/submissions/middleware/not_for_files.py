"""The headers are added to the answers of routes alone: files come without an id.

Caught by: middleware/every_answer_has_an_id
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def finished(self, request, response):
        response = super().finished(request, response)
        if response.status == 200 and not self.handlers(self.path(request.target)):
            del response.headers["X-Request-ID"]
        return response


Broken.main()
