"""The suffix is what follows the first dot of the name.

Caught by: mime-types/last_dot_counts
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def suffix(self, path):
        return path.name.lower().partition(".")[2]


Broken.main()
