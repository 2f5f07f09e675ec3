"""A part that begins beyond the end is sent all the same, with 206 and no byte.

Caught by: ranges/beyond_the_end
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def unsatisfiable(self, response):
        size = len(response.body)
        return self.one(response, size, size - 1)


Broken.main()
