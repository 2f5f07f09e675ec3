"""PUT of an item that was removed makes it again.

Caught by: json-api/stays_removed
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def replace_item(self, request, key):
        if key not in self.items and key.isdigit() and int(key) <= self.last:
            self.items[key] = ""
        return super().replace_item(request, key)


Broken.main()
