"""Only 64 fields are read.

Caught by: forms/large_forms
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pieces(self, text):
        return super().pieces(text)[:64]


Broken.main()
