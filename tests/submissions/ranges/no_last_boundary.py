"""Several parts come without the boundary that ends the last one.

Caught by: ranges/several
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def several(self, response, parts):
        response = super().several(response, parts)
        response.body = response.body.rpartition(b"--")[0].rpartition(b"--")[0]
        return response


Broken.main()
