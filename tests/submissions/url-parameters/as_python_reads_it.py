"""What Python's int reads is a number.

Caught by: url-parameters/digits_only
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def segment(self, segment):
        return unquote(segment)

    def number(self, text):
        try:
            return int(text)
        except ValueError:
            return None


Broken.main()
