"""A head is taken to end with the line Host, as in a request by hand: a client that sends more lines waits.

Caught by: echo/header_does_not_route, echo/ordinary_client
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        while b"localhost:4221\r\n\r\n" not in client.buffer:
            if not self.receive(client):
                return None
        return super().read_head(client)


Broken.main()
