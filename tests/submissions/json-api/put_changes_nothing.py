"""PUT answers with the new name, and does not keep it.

Caught by: json-api/changes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def replace_item(self, request, key):
        before = self.items.get(key)
        response = super().replace_item(request, key)
        if before is not None:
            self.items[key] = before
        return response


Broken.main()
