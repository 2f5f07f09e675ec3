"""A suffix that is longer than the file gets 416.

Caught by: ranges/long_suffix
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def suffix_start(self, size, length):
        return size if length > size else size - length


Broken.main()
