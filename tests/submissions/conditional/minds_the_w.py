"""Tags are compared with W/ before them.

Caught by: conditional/weak_tag_is_the_same
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def strong(self, tag):
        return tag


Broken.main()
