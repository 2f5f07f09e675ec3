"""Values are decoded twice.

Caught by: forms/encoded_signs
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return unquote(super().plain(text))


Broken.main()
