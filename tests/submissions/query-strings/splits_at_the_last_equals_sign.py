"""A field is split at its last equals sign.

Caught by: query-strings/equals_in_a_value
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pair(self, piece):
        name, _, value = piece.rpartition("=")
        return self.plain(name), self.plain(value)


Broken.main()
