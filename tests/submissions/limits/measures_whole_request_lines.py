"""The limit for the request line is looked at when the line is complete.

Caught by: limits/endless_line
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_unfinished(self, head):
        if b"\r\n" in head:
            super().check_unfinished(head)


Broken.main()
