"""A new item is answered without its id.

Caught by: json-api/creates
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def item(self, key):
        return {"name": self.items[key]}


Broken.main()
