"""An id of a single digit is not found.

Caught by: url-parameters/any_length
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def number(self, text):
        return super().number(text) if len(text) > 1 else None


Broken.main()
