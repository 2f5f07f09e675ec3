"""Where the list refuses the rest by a star, nothing is compressed.

Caught by: gzip/star_and_identity
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepts_gzip(self, listed):
        return "*" not in listed and super().accepts_gzip(listed)


Broken.main()
