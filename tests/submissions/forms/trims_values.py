"""Values lose the spaces at their ends.

Caught by: forms/plus_is_a_space
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return super().plain(text).strip(" ")


Broken.main()
