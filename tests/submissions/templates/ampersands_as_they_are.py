"""An ampersand is not escaped.

Caught by: templates/escapes_ampersands
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def escaped(self, text):
        return super().escaped(text).replace("&amp;", "&")


Broken.main()
