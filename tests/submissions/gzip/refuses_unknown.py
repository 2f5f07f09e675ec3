"""When no coding in the list is known, the request is refused.

Caught by: gzip/plain_for_unknown
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def echo(self, request, path):
        accepted = self.accepted(request).lower()
        if accepted and not any(known in accepted for known in ("gzip", "deflate", "identity")):
            return Response(400)
        return super().echo(request, path)


Broken.main()
