"""Errors of paths that the API does not have are pages.

Caught by: json-api/errors_are_json
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def api_error(self, response):
        return response if response.headers.get("Content-Type") == "text/html" else super().api_error(response)


Broken.main()
