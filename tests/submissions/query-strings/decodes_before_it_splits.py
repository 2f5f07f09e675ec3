"""The whole query is decoded before it is split.

Caught by: query-strings/encoded_signs
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def pieces(self, text):
        return super().pieces(self.plain(text).replace("%", "%25").replace("+", "%2B"))


Broken.main()
