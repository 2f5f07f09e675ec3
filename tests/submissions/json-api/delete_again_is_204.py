"""DELETE of an item that was removed is answered with 204.

Caught by: json-api/stays_removed
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    removed = ()

    def remove_item(self, request, key):
        response = super().remove_item(request, key)
        if key in self.removed:
            response.status = 204
            response.body = b""
        self.removed = (*self.removed, key)
        return response


Broken.main()
