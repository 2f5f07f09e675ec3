"""The list has the names alone.

Caught by: json-api/lists_all
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def every_item(self, request):
        return self.json(list(self.items.values()))


Broken.main()
