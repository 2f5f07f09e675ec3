"""It takes a head without header lines for one that is not complete.

Caught by: whole-request/shortest
"""

import re
import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def is_whole(self, data):
        return bool(re.search(rb"\r\n.+\r\n\r\n", data, re.DOTALL))


Broken.main()
