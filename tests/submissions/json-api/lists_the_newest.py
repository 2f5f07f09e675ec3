"""The list has only the two newest items.

Caught by: json-api/lists_all
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def every_item(self, request):
        return self.json([self.item(key) for key in self.items][-2:])


Broken.main()
