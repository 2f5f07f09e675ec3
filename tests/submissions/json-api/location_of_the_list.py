"""Location leads to the list of all items.

Caught by: json-api/location
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def location_of(self, key):
        return "/api/items"


Broken.main()
