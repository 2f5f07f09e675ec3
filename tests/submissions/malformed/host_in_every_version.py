"""A Host is asked of HTTP/1.0, too, which does not know it.

Caught by: malformed/other_minor_version
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_host(self, request):
        if "host" not in request.headers:
            raise Refusal(400)
        super().check_host(request)


Broken.main()
