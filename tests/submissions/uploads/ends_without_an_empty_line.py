"""A part without an empty line ends the program.

Caught by: uploads/no_end_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def part(self, piece):
        try:
            return super().part(piece)
        except ValueError:
            os._exit(1)


Broken.main()
