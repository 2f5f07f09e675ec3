"""Of a repeated field only the first value is left.

Caught by: forms/repeated_field
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def value(self, values):
        return values[0]


Broken.main()
