"""A carriage return ends a line, with or without a line feed behind it.

Caught by: malformed/bare_cr
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def decode(self, head):
        return super().decode(head).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


Broken.main()
