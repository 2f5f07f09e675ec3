"""A condition is looked at before the file: what is missing has not changed.

Caught by: conditional/missing_is_404
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def route(self, request, path):
        response = super().route(request, path)
        if response.status == 404 and {"if-none-match", "if-modified-since"} & {*request.headers}:
            return self.not_modified(response)
        return response


Broken.main()
