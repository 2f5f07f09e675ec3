"""Conditions are looked at only where a request has a single one.

Caught by: conditional/both_get_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_current(self, request, response):
        both = {"if-none-match", "if-modified-since"} <= {*request.headers}
        other = both and not self.tag_matches('"', response.headers["ETag"])
        return not other and super().is_current(request, response)


Broken.main()
