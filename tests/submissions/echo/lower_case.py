"""The path is made lower case to be compared, and the text is taken from that.

Caught by: echo/any_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return super().echo_text(path.lower())


Broken.main()
