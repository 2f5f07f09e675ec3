"""A new item is answered without Location.

Caught by: json-api/location
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def created_item(self, key):
        response = super().created_item(key)
        del response.headers["Location"]
        return response


Broken.main()
