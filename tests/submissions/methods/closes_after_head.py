"""The connection is closed after the answer to HEAD, so that its end is told.

Caught by: methods/request_after_head
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def wants_close(self, client, request):
        return request.method == "HEAD" or super().wants_close(client, request)

    def announce(self, request, response, close):
        super().announce(request, response, close and request.method != "HEAD")


Broken.main()
