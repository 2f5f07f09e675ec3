"""An item is written as JSON by hand, without escapes.

Caught by: json-api/keeps_names
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def created_item(self, key):
        response = super().created_item(key)
        response.body = f'{{"id": {key}, "name": "{self.items[key]}"}}'.encode()
        return response


Broken.main()
