"""A NUL in a value is refused, and a carriage return is not.

Caught by: malformed/controls_in_a_value
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_line_ends(self, line):
        super().check_line_ends(line.replace("\r", ""))


Broken.main()
