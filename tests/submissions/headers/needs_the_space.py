"""The line is split at a colon and a space, but the space is optional.

Caught by: headers/optional_white_space
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = line.split(": ", 1)
        return name.lower(), value.strip(" \t")


Broken.main()
