"""A 416 does not say how long the file is.

Caught by: ranges/size_in_416
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def unsatisfiable(self, response):
        response = super().unsatisfiable(response)
        del response.headers["Content-Range"]
        return response


Broken.main()
