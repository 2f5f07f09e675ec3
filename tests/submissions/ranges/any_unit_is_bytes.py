"""The unit before the = sign is not looked at.

Caught by: ranges/other_unit
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def ranges(self, asked):
        return asked.partition("=")[2]


Broken.main()
