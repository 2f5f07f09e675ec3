"""A body that is not UTF-8 ends the program.

Caught by: forms/malformed_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def text_of(self, body):
        try:
            return body.decode()
        except UnicodeDecodeError:
            os._exit(1)


Broken.main()
