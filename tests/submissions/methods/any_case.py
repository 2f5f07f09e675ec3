"""The method is turned into capitals before it is looked at.

Caught by: methods/minds_the_case
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def split_request_line(self, line):
        method, target, version = super().split_request_line(line)
        return method.upper(), target, version


Broken.main()
