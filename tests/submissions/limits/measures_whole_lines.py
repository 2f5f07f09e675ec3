"""While header lines are coming, those count that are complete.

Caught by: limits/endless_header
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_unfinished(self, head):
        complete = head.rpartition(b"\r\n")[0]
        super().check_unfinished(complete if b"\r\n" in head else head)


Broken.main()
