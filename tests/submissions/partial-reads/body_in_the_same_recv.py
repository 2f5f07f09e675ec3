"""What came with the end of the head is taken for the whole body, unless it is nothing.

Caught by: partial-reads/body_cut_anywhere, partial-reads/body_in_many_pieces
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        length = self.content_length(request)
        if length and not client.buffer and not self.receive(client):
            return None
        body, client.buffer = client.buffer[:length], client.buffer[length:]
        return body


Broken.main()
