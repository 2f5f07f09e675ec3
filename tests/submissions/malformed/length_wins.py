"""Content-Length frames the body, whatever Transfer-Encoding says.

Caught by: malformed/chunks_win
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_framing(self, request):
        if "content-length" in request.headers and request.headers.pop("transfer-encoding", None):
            request.headers["connection"] = "close"
        super().check_framing(request)


Broken.main()
