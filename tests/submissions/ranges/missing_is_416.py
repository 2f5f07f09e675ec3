"""A Range is looked at before the file: of a missing one, no byte is there.

Caught by: ranges/missing_is_404
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def route(self, request, path):
        response = super().route(request, path)
        missing = response.status == 404 and "range" in request.headers
        return self.unsatisfiable(Response(200)) if missing else response


Broken.main()
