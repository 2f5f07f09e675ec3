"""After codings that are refused the connection stays open, and their body is read as the next request.

Caught by: chunked/chunked_is_not_last
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer
from right_server import Response


class Broken(HardenedServer):
    def refuse_end(self):
        pass

    def refuse_coding(self):
        pass

    def read_body(self, client, request):
        if not self.is_refused(request):
            return super().read_body(client, request)
        return b""

    def is_refused(self, request):
        return request.headers.get("transfer-encoding", "chunked").lower() != "chunked"

    def route(self, request, path):
        return Response(400) if self.is_refused(request) else super().route(request, path)


Broken.main()
