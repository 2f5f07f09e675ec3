"""A file that one client has is not sent to any other client.

Caught by: conditional/others_get_the_file
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_current(self, request, response):
        known = self.__dict__.setdefault("known", set())
        if {"if-none-match", "if-modified-since"} & {*request.headers}:
            current = super().is_current(request, response)
            return current and not known.add(request.target)
        return request.target in known


Broken.main()
