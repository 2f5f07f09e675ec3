"""Of all percent-encoded characters, only the space is decoded.

Caught by: echo/percent_encoding
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return path.removeprefix("/echo/").replace("%20", " ")


Broken.main()
