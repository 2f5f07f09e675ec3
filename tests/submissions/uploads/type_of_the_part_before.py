"""A file without a type gets the one before it, or an invented one.

Caught by: uploads/no_type
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def type_of(self, part):
        return super().type_of(part) or "text/html"


Broken.main()
