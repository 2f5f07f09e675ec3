"""PUT answers with the item as it was before.

Caught by: json-api/changes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def replace_item(self, request, key):
        before = self.one_item(request, key)
        after = super().replace_item(request, key)
        return before if after.status == 200 else after


Broken.main()
