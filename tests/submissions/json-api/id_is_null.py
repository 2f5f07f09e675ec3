"""The id of a new item is null.

Caught by: json-api/creates
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def item(self, key):
        return {**super().item(key), "id": None}


Broken.main()
