"""A percent sign without two digits behind it is not answered: the connection is closed.

Caught by: echo/undecodable_is_answered
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        if path.endswith("%"):
            raise RuntimeError("two digits are missing")
        return super().echo_text(path)


Broken.main()
