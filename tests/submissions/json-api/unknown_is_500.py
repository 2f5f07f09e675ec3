"""An id that no item has is answered with 500.

Caught by: json-api/unknown_ids
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def one_item(self, request, key):
        if key.isdigit() and int(key) <= self.last:
            return super().one_item(request, key)
        return self.error(500)


Broken.main()
