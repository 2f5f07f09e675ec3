"""DELETE of one item removes all of them.

Caught by: json-api/removes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def remove_item(self, request, key):
        response = super().remove_item(request, key)
        if response.status == 204:
            self.items.clear()
        return response


Broken.main()
