"""An upload without its last boundary ends the program.

Caught by: uploads/no_end_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def without_an_end(self, pieces):
        if len(pieces) == 1:
            os._exit(1)
        super().without_an_end(pieces)


Broken.main()
