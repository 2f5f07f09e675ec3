"""Location is the id alone, which leads to another path.

Caught by: json-api/location
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def location_of(self, key):
        return key


Broken.main()
