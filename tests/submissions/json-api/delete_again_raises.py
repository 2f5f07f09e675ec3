"""DELETE of an item that was removed raises, and is answered with 500.

Caught by: json-api/stays_removed
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from web_server import WebServer


class Broken(WebServer):
    def remove_item(self, request, key):
        if key.isdigit() and int(key) <= self.last:
            self.items.pop(key)
        return super().remove_item(request, key) if key in self.items else self.removed(key)

    def removed(self, key):
        return self.no_item(key) if not key.isdigit() or int(key) > self.last else Response(204)


Broken.main()
