"""The file name is looked for after the name only.

Caught by: uploads/any_order
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def parameters(self, value):
        found = super().parameters(value)
        if list(found) == ["filename", "name"]:
            del found["filename"]
        return found


Broken.main()
