"""The line is split at every colon, and the value is what stands between the first and the second.

Caught by: headers/colons_in_the_value
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, value.split(":")[0]


Broken.main()
