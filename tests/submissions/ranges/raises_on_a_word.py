"""What is no number raises an error, which ends the connection.

Caught by: ranges/malformed
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def match(self, one):
        found = super().match(one)
        if found is None and one:
            raise ValueError(f"invalid literal for int(): {one!r}")
        return found


Broken.main()
