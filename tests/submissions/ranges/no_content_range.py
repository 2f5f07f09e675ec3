"""A part comes with 206, and without its Content-Range.

Caught by: ranges/first_bytes
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def one(self, response, first, last):
        response = super().one(response, first, last)
        del response.headers["Content-Range"]
        return response


Broken.main()
