"""While header lines are coming, only the one at hand is measured.

Caught by: limits/endless_headers
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_unfinished(self, head):
        super().check_unfinished(head if b"\r\n" not in head else b"\r\n" + head.rpartition(b"\r\n")[2])


Broken.main()
