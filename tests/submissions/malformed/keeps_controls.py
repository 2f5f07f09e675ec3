"""A value may hold whatever a client has sent.

Caught by: malformed/controls_in_a_value
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_line_ends(self, line):
        pass


Broken.main()
