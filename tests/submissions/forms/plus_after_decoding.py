"""Plus signs become spaces after the value has been decoded.

Caught by: forms/encoded_signs
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return unquote(text).replace("+", " ")


Broken.main()
