"""PUT makes a second item.

Caught by: json-api/changes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def replace_item(self, request, key):
        if key not in self.items:
            return self.no_item(key)
        return self.add_item(request)


Broken.main()
