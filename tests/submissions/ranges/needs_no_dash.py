"""A number without a dash is taken for the beginning of a part.

Caught by: ranges/nonsense_is_ignored
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def match(self, one):
        return super().match(f"{one}-" if one.isdecimal() else one)


Broken.main()
