"""The ids are kept as numbers, and looked for as text.

Caught by: json-api/reads_one
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def one_item(self, request, key):
        return self.no_item(key)


Broken.main()
