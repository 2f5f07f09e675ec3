"""Where a name has no dot, the suffix of its folder is taken.

Caught by: mime-types/no_suffix_is_bytes
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def suffix(self, path):
        return super().suffix(path) or super().suffix(path.parent)


Broken.main()
