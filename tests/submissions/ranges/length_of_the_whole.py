"""A part comes with the Content-Length of the whole file.

Caught by: ranges/first_bytes
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def one(self, response, first, last):
        self.whole = len(response.body)
        return super().one(response, first, last)

    def frame(self, request, response):
        super().frame(request, response)
        if response.status == 206:
            response.headers["Content-Length"] = str(self.whole)


Broken.main()
