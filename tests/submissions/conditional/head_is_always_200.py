"""Conditions are looked at for GET alone.

Caught by: conditional/head_gets_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_current(self, request, response):
        return request.method == "GET" and super().is_current(request, response)


Broken.main()
