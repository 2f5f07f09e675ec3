"""A client that names identity gets the text as it is.

Caught by: gzip/star_and_identity
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return super().accepts_gzip(listed) and "identity" not in listed


Broken.main()
