"""The percent-encoded bytes are taken for Latin-1, where the path is UTF-8.

Caught by: echo/percent_encoding
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return unquote(path.removeprefix("/echo/"), "latin-1")


Broken.main()
