"""DELETE of an id that no item ever had is answered with 204.

Caught by: json-api/unknown_ids
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from web_server import WebServer


class Broken(WebServer):
    def remove_item(self, request, key):
        if not key.isdigit() or int(key) > self.last:
            return Response(204)
        return super().remove_item(request, key)


Broken.main()
