"""The buffer is emptied after each request, with the next one in it.

Caught by: partial-reads/two_in_one_segment
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_request(self, client):
        request = super().read_request(client)
        client.buffer = b""
        return request


Broken.main()
