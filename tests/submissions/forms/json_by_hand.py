"""The JSON is put together by hand, without escapes.

Caught by: forms/keeps_line_breaks
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def dump(self, value):
        found = super().dump(value)
        return found.replace("\\r\\n", "\r\n")


Broken.main()
