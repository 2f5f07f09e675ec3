"""DELETE is answered with 200.

Caught by: json-api/removes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def remove_item(self, request, key):
        response = super().remove_item(request, key)
        return self.json({}) if response.status == 204 else response


Broken.main()
