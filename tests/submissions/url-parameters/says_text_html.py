"""JSON is sent as text/html.

Caught by: url-parameters/says_json
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def json(self, value, status=200):
        response = super().json(value, status)
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        return response


Broken.main()
