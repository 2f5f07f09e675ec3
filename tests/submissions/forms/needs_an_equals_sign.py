"""A field without an equals sign is dropped.

Caught by: forms/no_equals_sign
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pieces(self, text):
        return [piece for piece in super().pieces(text) if "=" in piece]


Broken.main()
