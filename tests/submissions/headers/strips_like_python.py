"""Python's strip, on text, takes bytes away that are no white space of HTTP, such as A0.

Caught by: headers/beyond_ascii_comes_back
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, value.strip()


Broken.main()
