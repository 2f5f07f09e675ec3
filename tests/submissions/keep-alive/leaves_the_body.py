"""The body of a POST is looked at and not taken from the buffer: it stands where the next request should.

Caught by: keep-alive/post_then_get, keep-alive/body_is_bounded, keep-alive/body_is_no_request
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    left = False

    def read_head(self, client):
        if self.left and not self.receive(client):
            return None
        self.left = False
        return super().read_head(client)

    def read_body(self, client, request):
        body = super().read_body(client, request)
        if body:
            self.left = True
            client.buffer = body + client.buffer
        return body


Broken.main()
