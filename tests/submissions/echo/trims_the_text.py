"""White space around the text is removed, after the text has been decoded.

Caught by: echo/percent_encoding
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return super().echo_text(path).strip()


Broken.main()
