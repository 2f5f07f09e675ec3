"""Content-Range names the size of the part, not that of the file.

Caught by: ranges/first_bytes
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def content_range(self, first, last, size):
        return super().content_range(first, last, last - first + 1)


Broken.main()
