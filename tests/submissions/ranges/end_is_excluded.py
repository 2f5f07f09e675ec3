"""A part is cut as a slice: its last byte, which belongs to it, is missing.

Caught by: ranges/first_bytes
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def cut(self, body, first, last):
        return body[first:last]


Broken.main()
