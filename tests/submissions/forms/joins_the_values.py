"""The values of a repeated field are joined by commas.

Caught by: forms/repeated_field
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def value(self, values):
        return ",".join(values)


Broken.main()
