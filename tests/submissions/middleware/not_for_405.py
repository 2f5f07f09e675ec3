"""A method that is not allowed is refused before the middleware is asked.

Caught by: middleware/every_answer_has_an_id
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def finished(self, request, response):
        response = super().finished(request, response)
        if response.status == 405:
            del response.headers["X-Request-ID"]
        return response


Broken.main()
