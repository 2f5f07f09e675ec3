"""The name may be any value.

Caught by: json-api/other_shapes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def has_text(self, value, name):
        return isinstance(value, dict) and name in value


Broken.main()
