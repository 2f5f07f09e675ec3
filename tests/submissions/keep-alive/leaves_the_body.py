"""The body of a POST is not read when its route has no use for it: it stands where the next request should.

Caught by: keep-alive/post_then_get, keep-alive/ends_are_told, keep-alive/body_is_bounded
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        self.receive(client) if not client.buffer and self.content_length(request) else None
        return client.buffer[: self.content_length(request)]


Broken.main()
