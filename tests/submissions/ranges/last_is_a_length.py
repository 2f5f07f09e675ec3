"""The last byte of a part is taken for its length.

Caught by: ranges/middle
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def cut(self, body, first, last):
        return body[first : first + last + 1]

    def several(self, response, parts):
        return response


Broken.main()
