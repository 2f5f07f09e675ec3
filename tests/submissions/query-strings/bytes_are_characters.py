"""Each %XX becomes a character, as in latin-1.

Caught by: query-strings/decodes_utf_8
"""

import sys
from urllib.parse import unquote_plus

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return unquote_plus(text, "latin-1")


Broken.main()
