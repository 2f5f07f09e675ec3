"""An id that is not a number raises.

Caught by: json-api/unknown_ids
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def one_item(self, request, key):
        return super().one_item(request, str(int(key)))


Broken.main()
