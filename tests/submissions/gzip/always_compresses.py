"""Every answer is compressed, whatever the client can read.

Caught by: gzip/plain_unless_asked, gzip/plain_for_unknown, gzip/deflate_only, gzip/refused, gzip/look_alikes, gzip/elsewhere, gzip/highest_weight
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return True


Broken.main()
