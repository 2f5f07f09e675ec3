"""The header is compared with the two values that the exercise shows, and with nothing else.

Caught by: gzip/among_others, gzip/without_spaces, gzip/with_a_weight
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return listed.lower() in ("gzip", "encoding-1, gzip, encoding-2")


Broken.main()
