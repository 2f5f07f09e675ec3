"""Each %XX becomes a character, as in latin-1.

Caught by: forms/decodes_utf_8
"""

import sys
from urllib.parse import unquote_plus

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return unquote_plus(text.encode().decode("latin-1"), "latin-1")


Broken.main()
