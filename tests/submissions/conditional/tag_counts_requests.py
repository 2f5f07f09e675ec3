"""The ETag counts the requests: no two answers have the same.

Caught by: conditional/tag_gets_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def tag(self, file):
        self.count = self.__dict__.get("count", 0) + 1
        return f'"{self.count}"'

    def is_any(self, listed):
        return False


Broken.main()
