"""What comes with the end of a body is dropped.

Caught by: partial-reads/request_after_a_body
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        body = super().read_body(client, request)
        if body:
            client.buffer = b""
        return body


Broken.main()
