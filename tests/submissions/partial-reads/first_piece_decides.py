"""The first bytes that come have to be a method that it knows, even if they are only the beginning of one.

Caught by: partial-reads/head_cut_anywhere
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        if not client.buffer and not self.receive(client):
            return None
        if not client.buffer.startswith((b"GET ", b"POST ", b"HEAD ")):
            raise ValueError("not a method")
        return super().read_head(client)


Broken.main()
