"""An item that was removed is answered with 200 and null.

Caught by: json-api/removes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    removed = ()

    def remove_item(self, request, key):
        response = super().remove_item(request, key)
        self.removed = (*self.removed, key)
        return response

    def one_item(self, request, key):
        return self.json(None) if key in self.removed else super().one_item(request, key)


Broken.main()
