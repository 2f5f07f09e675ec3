"""The quotes of the client's tags are cut off, and those of the server's own tag are not.

Caught by: conditional/tag_gets_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def tags(self, listed):
        return [tag.strip('"') for tag in super().tags(listed)]

    def is_any(self, listed):
        return False


Broken.main()
