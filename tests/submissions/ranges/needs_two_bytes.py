"""A part of a single byte is taken for an empty one, and gets 416.

Caught by: ranges/one_byte
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_there(self, first, last, size):
        return first < size and first < last


Broken.main()
