"""JSON without a name is answered with 500.

Caught by: json-api/other_shapes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def has_text(self, value, name):
        return isinstance(value[name], str)


Broken.main()
