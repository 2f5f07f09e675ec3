"""Blanks around a name are stripped before anybody looks at it.

Caught by: malformed/blank_before_colon
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_field_name(self, name):
        super().check_field_name(name.rstrip())


Broken.main()
