"""DELETE is answered with 204, and the item stays.

Caught by: json-api/removes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def remove_item(self, request, key):
        kept = dict(self.items)
        response = super().remove_item(request, key)
        self.items = kept
        return response


Broken.main()
