"""A new item is answered with the body that came, as it came.

Caught by: json-api/creates
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def created_item(self, key):
        response = super().created_item(key)
        response.body = self.dump(self.items[key]).encode()
        return response


Broken.main()
