"""If-None-Match is taken for a single tag.

Caught by: conditional/list_of_tags
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def tags(self, listed):
        return [listed]


Broken.main()
