"""A field without an equals sign ends the program when it has no name either.

Caught by: query-strings/malformed_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pair(self, piece):
        if piece == "==":
            os._exit(1)
        return super().pair(piece)


Broken.main()
