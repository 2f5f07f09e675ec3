"""After a chunked upload the connection is closed, and nothing says so.

Caught by: chunked/next_request
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def wants_close(self, client, request):
        return "transfer-encoding" in request.headers or super().wants_close(client, request)

    def announce(self, request, response, close):
        if "transfer-encoding" not in request.headers:
            super().announce(request, response, close)


Broken.main()
