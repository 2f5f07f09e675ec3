"""A name that is no string is made one.

Caught by: json-api/other_shapes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def has_text(self, value, name):
        if isinstance(value, dict) and name in value:
            value[name] = str(value[name])
        return super().has_text(value, name)


Broken.main()
