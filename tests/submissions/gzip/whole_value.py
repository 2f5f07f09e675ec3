"""The whole value of the header is compared with "gzip".

Caught by: gzip/among_others, gzip/without_spaces, gzip/with_a_weight
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return listed.lower() == "gzip"


Broken.main()
