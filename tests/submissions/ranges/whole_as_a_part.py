"""The whole file comes with 206 and the Content-Range of the part.

Caught by: ranges/first_bytes
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def cut(self, body, first, last):
        return body


Broken.main()
