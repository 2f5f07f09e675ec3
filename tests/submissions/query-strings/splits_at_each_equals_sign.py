"""The value ends at the second equals sign.

Caught by: query-strings/equals_in_a_value
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pair(self, piece):
        return super().pair("=".join(piece.split("=")[:2]))


Broken.main()
