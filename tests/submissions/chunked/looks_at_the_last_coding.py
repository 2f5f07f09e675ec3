"""When chunked is the last transfer coding, the others are not looked at.

Caught by: chunked/unknown_coding
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_framing(self, request):
        if request.headers.get("transfer-encoding", "").endswith(", chunked"):
            request.headers["transfer-encoding"] = "chunked"
        super().check_framing(request)


Broken.main()
