"""A head may come in twenty pieces; then it is given up.

Caught by: partial-reads/byte_by_byte
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        for _ in range(20):
            if b"\r\n\r\n" in client.buffer or not self.receive(client):
                return super().read_head(client)
        raise ValueError("the head does not end")


Broken.main()
