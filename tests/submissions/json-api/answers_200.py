"""A new item is answered with 200.

Caught by: json-api/creates
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def created_item(self, key):
        response = super().created_item(key)
        response.status = 200
        return response


Broken.main()
