"""Only a client that announces a length is told to go on.

Caught by: chunked/tells_to_go_on
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def invite(self, client, request):
        if "content-length" in request.headers:
            super().invite(client, request)


Broken.main()
