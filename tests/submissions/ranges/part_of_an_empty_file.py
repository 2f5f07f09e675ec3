"""Of an empty file a part is sent, from 0 to -1.

Caught by: ranges/empty_file
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_there(self, first, last, size):
        return super().is_there(first, last, size) or (size == 0 and last < 0 == first)


Broken.main()
