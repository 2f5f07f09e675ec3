"""Errors of the API are text.

Caught by: json-api/errors_are_json
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def api_error(self, response):
        return response


Broken.main()
