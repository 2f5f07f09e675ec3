"""split(": ") without a limit gives three parts when the value has a colon too, and unpacking them into two raises.

Caught by: headers/colons_in_the_value, headers/decoys, headers/optional_white_space
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = line.split(": ")
        return name.lower(), value.strip(" \t")


Broken.main()
