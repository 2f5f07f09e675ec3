"""An item that was removed stays in the list.

Caught by: json-api/removes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def every_item(self, request):
        return self.json(self.made)

    def created_item(self, key):
        self.made = [*getattr(self, "made", []), self.item(key)]
        return super().created_item(key)


Broken.main()
