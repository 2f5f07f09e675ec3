"""split(": ") without a limit cuts the value at its next colon and space.

Caught by: headers/colons_in_the_value
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, value.split(": ")[0]


Broken.main()
