"""A body that comes after its head is not read: it stands where the next request should.

Caught by: keep-alive/post_then_get
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        if not client.buffer:
            return b""
        return super().read_body(client, request)


Broken.main()
