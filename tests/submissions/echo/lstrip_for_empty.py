"""lstrip("/echo/") decides whether there is a text, but it removes those letters, not the prefix.

Caught by: echo/letters_of_the_prefix
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return super().echo_text(path) if path.lstrip("/echo/") else ""


Broken.main()
