"""The ETag is the size of the file, so another file of the same size is taken for the old one.

Caught by: conditional/same_size_is_seen
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def tag(self, file):
        return f'"{file.st_size}"'


Broken.main()
