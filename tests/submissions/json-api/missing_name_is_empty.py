"""An object without a name makes an item whose name is empty.

Caught by: json-api/other_shapes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def has_text(self, value, name):
        if isinstance(value, dict):
            value.setdefault(name, "")
        return super().has_text(value, name)


Broken.main()
