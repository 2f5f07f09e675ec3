"""What came of the body with the head is not counted: it waits for the whole length once more.

Caught by: partial-reads/body_cut_anywhere
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        length = self.content_length(request)
        if len(client.buffer) < length:
            length += len(client.buffer)
        while len(client.buffer) < length:
            if not self.receive(client):
                return None
        body, client.buffer = client.buffer[:length], client.buffer[length:]
        return body


Broken.main()
