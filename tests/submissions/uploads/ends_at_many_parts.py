"""More than 1,000 parts end the program.

Caught by: uploads/many_parts_are_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def too_many_parts(self, parts):
        os._exit(1)


Broken.main()
