"""What has come behind a request is dropped with it.

Caught by: pipelining/in_order
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        request = super().read_request(client)
        client.buffer = b""
        return request


Broken.main()
