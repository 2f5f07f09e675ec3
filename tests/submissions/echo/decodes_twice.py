"""The path is decoded, and so is the text of it.

Caught by: echo/percent_encoding
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return unquote(super().echo_text(path))


Broken.main()
