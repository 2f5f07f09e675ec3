"""The last three bytes of a body stay in the buffer, and whatever is not POST is served as GET.

Caught by: keep-alive/post_then_get
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        body = super().read_body(client, request)
        if body:
            client.buffer = body[:3] + client.buffer
        return body


Broken.main()
