"""A number after the dash alone is taken for the end of a part that begins at 0.

Caught by: ranges/suffix
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def bounds(self, first, last, size):
        return super().bounds(first or "0", last, size)


Broken.main()
