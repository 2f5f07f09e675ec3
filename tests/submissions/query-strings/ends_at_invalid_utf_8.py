"""A value that is not UTF-8 ends the program.

Caught by: query-strings/malformed_is_survived
"""

import os
import sys
from urllib.parse import unquote_plus

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        try:
            return unquote_plus(text, errors="strict")
        except UnicodeDecodeError:
            os._exit(1)


Broken.main()
