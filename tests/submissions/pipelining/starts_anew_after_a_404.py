"""After an error it starts with an empty buffer.

Caught by: pipelining/all_kinds
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        request = super().read_request(client)
        if request and self.allowed(self.path(request.target)) is None:
            client.buffer = b""
        return request


Broken.main()
