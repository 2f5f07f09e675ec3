"""A part comes with the status 200.

Caught by: ranges/first_bytes
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def one(self, response, first, last):
        response = super().one(response, first, last)
        response.status = 200
        return response


Broken.main()
