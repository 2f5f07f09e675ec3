"""An incomplete %XX ends the program.

Caught by: query-strings/malformed_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        if text.endswith("%"):
            os._exit(1)
        return super().plain(text)


Broken.main()
