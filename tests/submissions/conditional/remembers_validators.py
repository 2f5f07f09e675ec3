"""ETag and Last-Modified of a file are computed once, and kept.

Caught by: conditional/changed_is_sent
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def file(self, request, path):
        self.asked = path
        return super().file(request, path)

    def validators(self, file):
        known = self.__dict__.setdefault("known", {})
        return known.setdefault(self.asked, super().validators(file))


Broken.main()
