"""The whole file follows the head of a 304.

Caught by: conditional/no_body
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def not_modified(self, response):
        response.status = 304
        return response


Broken.main()
