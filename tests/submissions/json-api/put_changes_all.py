"""PUT changes the names of all items.

Caught by: json-api/changes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def replace_item(self, request, key):
        response = super().replace_item(request, key)
        if response.status == 200:
            self.items = dict.fromkeys(self.items, self.items[key])
        return response


Broken.main()
