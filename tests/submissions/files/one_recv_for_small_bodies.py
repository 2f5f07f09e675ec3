"""A body below four kilobytes that comes after its head is expected in one piece.

Caught by: files/body_after_the_head
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        length = self.content_length(request)
        if client.buffer or not 0 < length < 4096:
            return super().read_body(client, request)
        self.receive(client)
        body, client.buffer = client.buffer[:length], b""
        return body


Broken.main()
