"""Every id is answered with the newest item.

Caught by: json-api/reads_one
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def one_item(self, request, key):
        return super().one_item(request, str(self.last) if key in self.items else key)


Broken.main()
