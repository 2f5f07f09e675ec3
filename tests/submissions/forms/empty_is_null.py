"""An empty value is null.

Caught by: forms/empty_value
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def value(self, values):
        return super().value(values) or None


Broken.main()
