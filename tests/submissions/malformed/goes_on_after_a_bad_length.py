"""A length that is none is answered 400, and what follows is read as the next request.

Caught by: malformed/closes_after_a_bad_length
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal, Response


class Broken(HardenedServer):
    def check_length(self, request):
        try:
            super().check_length(request)
        except Refusal:
            request.refused, request.headers["content-length"] = True, "0"

    def route(self, request, path):
        return Response(400) if hasattr(request, "refused") else super().route(request, path)


Broken.main()
