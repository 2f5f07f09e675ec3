"""The names of fields are not decoded.

Caught by: query-strings/decodes_names
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pair(self, piece):
        name, _, value = piece.partition("=")
        return name, self.plain(value)


Broken.main()
