"""The whole path is sent back, not the part after /echo/.

Caught by: echo/returns_the_text
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return path


Broken.main()
