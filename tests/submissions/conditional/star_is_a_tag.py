"""The star in If-None-Match is compared like a tag.

Caught by: conditional/star_is_any_version
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_any(self, listed):
        return False


Broken.main()
