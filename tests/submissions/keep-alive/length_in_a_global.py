"""The length of a body is a global variable, which a request without a body does not set.

Caught by: keep-alive/ends_are_told, keep-alive/post_then_get, keep-alive/body_is_bounded, keep-alive/keeps_its_word
"""

import sys

sys.path[0] += "/.."
from right_server import Server

length = 0


class Broken(Server):
    def read_body(self, client, request):
        global length
        if "content-length" in request.headers:
            length = int(request.headers["content-length"])
        return super().read_body(client, request)

    def content_length(self, request):
        return length


Broken.main()
