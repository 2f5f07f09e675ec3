"""A part without an end has at most 64 bytes.

Caught by: ranges/open_end
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def open_end(self, first, size):
        return min(first + 63, size - 1)


Broken.main()
