"""Of a repeated field the first and the last value are kept.

Caught by: forms/repeated_field
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def value(self, values):
        return [values[0], values[-1]] if len(values) > 2 else super().value(values)


Broken.main()
