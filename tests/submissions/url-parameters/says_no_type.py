"""JSON is sent without a Content-Type.

Caught by: url-parameters/says_json
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def json(self, value, status=200):
        response = super().json(value, status)
        del response.headers["Content-Type"]
        return response


Broken.main()
