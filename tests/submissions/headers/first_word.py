"""The line is split at white space, and the value is its first word.

Caught by: headers/spaces_in_the_value, headers/colons_in_the_value, headers/beyond_ascii_comes_back
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, (value.split() or [""])[0]


Broken.main()
