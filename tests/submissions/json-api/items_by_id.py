"""The list is an object that has the items by their ids.

Caught by: json-api/lists_all
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def every_item(self, request):
        return self.json({key: self.item(key) for key in self.items})


Broken.main()
