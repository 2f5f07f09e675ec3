"""Of %XX only %20 is decoded.

Caught by: query-strings/encoded_signs
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return text.replace("+", " ").replace("%20", " ")


Broken.main()
