"""The parameters of a part are split at each semicolon, also in quotes.

Caught by: uploads/file_names
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def parameters(self, value):
        pairs = [piece.strip().partition("=") for piece in value.split(";")]
        return {name.lower(): text.strip('"') for name, _, text in pairs}


Broken.main()
