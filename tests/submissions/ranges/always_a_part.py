"""Without a Range, the whole file comes as a part, with 206.

Caught by: ranges/whole_without
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def ranged(self, request, response):
        if "range" not in request.headers and response.body:
            return self.one(response, 0, len(response.body) - 1)
        return super().ranged(request, response)


Broken.main()
