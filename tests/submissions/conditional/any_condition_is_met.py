"""Each request with a condition gets 304.

Caught by: conditional/changed_is_sent
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_current(self, request, response):
        return bool({"if-none-match", "if-modified-since"} & {*request.headers})


Broken.main()
