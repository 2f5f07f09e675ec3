"""Files come without nosniff, which are what a browser may take for something else.

Caught by: middleware/every_answer_forbids_sniffing
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def finished(self, request, response):
        response = super().finished(request, response)
        if response.status == 200 and not self.handlers(self.path(request.target)):
            del response.headers["X-Content-Type-Options"]
        return response


Broken.main()
