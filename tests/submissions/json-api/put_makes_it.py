"""PUT of an id that no item has makes an item.

Caught by: json-api/unknown_ids
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def replace_item(self, request, key):
        if not key.isdigit() or int(key) > self.last:
            return self.json({"id": key, "name": self.member(request, "name")}, 201)
        return super().replace_item(request, key)


Broken.main()
