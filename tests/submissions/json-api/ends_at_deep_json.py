"""JSON that is nested too deep for the parser ends the program.

Caught by: json-api/deep_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def too_deep(self):
        os._exit(1)


Broken.main()
