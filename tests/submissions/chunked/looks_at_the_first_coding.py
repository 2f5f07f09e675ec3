"""When chunked is the first transfer coding, the others are not looked at.

Caught by: chunked/chunked_is_not_last
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_framing(self, request):
        if request.headers.get("transfer-encoding", "").startswith("chunked, x-"):
            request.headers["transfer-encoding"] = "chunked"
        super().check_framing(request)

    def read_head(self, client):
        if client.buffer and not self.receive(client):  # what is left over is looked at when more has come
            return None
        return super().read_head(client)


Broken.main()
