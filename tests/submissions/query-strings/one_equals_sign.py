"""A field with more than one equals sign is dropped.

Caught by: query-strings/equals_in_a_value
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pieces(self, text):
        return [piece for piece in super().pieces(text) if piece.count("=") == 1]


Broken.main()
