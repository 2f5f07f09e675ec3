"""A name without a dot cannot be taken apart, and raises.

Caught by: mime-types/no_suffix_is_bytes
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def suffix(self, path):
        _, suffix = path.name.lower().rsplit(".", 1)
        return suffix


Broken.main()
