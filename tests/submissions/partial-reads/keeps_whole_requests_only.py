"""What is left after a request is kept only if it is a whole head.

Caught by: partial-reads/two_cut_anywhere
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_request(self, client):
        request = super().read_request(client)
        if b"\r\n\r\n" not in client.buffer:
            client.buffer = b""
        return request


Broken.main()
