"""The limits are looked at when the head is complete.

Caught by: limits/endless_line, limits/endless_header, limits/endless_headers
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_unfinished(self, head):
        pass


Broken.main()
