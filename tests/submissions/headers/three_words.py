"""The line is split at its spaces into a name and three words, and what follows them is lost.

Caught by: headers/spaces_in_the_value
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, " ".join(value.split(" ")[:3])


Broken.main()
