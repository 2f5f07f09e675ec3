"""A 304 comes without the ETag.

Caught by: conditional/tag_of_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def not_modified(self, response):
        response = super().not_modified(response)
        response.headers.clear()
        return response


Broken.main()
