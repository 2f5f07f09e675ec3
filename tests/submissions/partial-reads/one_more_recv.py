"""If the body is not there with the head, recv is called once more.

Caught by: partial-reads/body_in_many_pieces
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        length = self.content_length(request)
        if len(client.buffer) < length and not self.receive(client):
            return None
        body, client.buffer = client.buffer[:length], client.buffer[length:]
        return body


Broken.main()
