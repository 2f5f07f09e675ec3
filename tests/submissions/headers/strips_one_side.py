"""Only the white space before the value is removed.

Caught by: headers/trailing_white_space
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, _, value = line.partition(":")
        return name.lower(), value.lstrip(" \t")


Broken.main()
