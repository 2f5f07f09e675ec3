"""Everything behind the empty line is taken for the body, whatever Content-Length says.

Caught by: keep-alive/body_is_bounded
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        body = super().read_body(client, request)
        if body:
            body, client.buffer = body + client.buffer, b""
        return body


Broken.main()
