"""What one recv returns is taken for the whole request.

Caught by: partial-reads/two_pieces
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        if not client.buffer and not self.receive(client):
            return None
        head, _, client.buffer = client.buffer.partition(b"\r\n\r\n")
        return head


Broken.main()
