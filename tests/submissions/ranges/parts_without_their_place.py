"""Several parts come without the Content-Range of each.

Caught by: ranges/several
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def head_of_a_part(self, response, first, last, size):
        return super().head_of_a_part(response, first, last, size).partition("Content-Range")[0]


Broken.main()
