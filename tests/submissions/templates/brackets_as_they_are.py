"""Angle brackets are not escaped.

Caught by: templates/escapes_brackets
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def escaped(self, text):
        return super().escaped(text).replace("&lt;", "<").replace("&gt;", ">")


Broken.main()
