"""If the end comes before the beginning, the two are swapped.

Caught by: ranges/malformed
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def match(self, one):
        first, _, last = one.partition("-")
        swapped = first.isdecimal() and last.isdecimal() and int(last) < int(first)
        return super().match(f"{last}-{first}" if swapped else one)


Broken.main()
