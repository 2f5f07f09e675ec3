"""The first body in chunks on a connection is stored for all that follow.

Caught by: chunked/uploads_apart
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_chunks(self, client):
        body = super().read_chunks(client)
        client.first = getattr(client, "first", body)
        return client.first


Broken.main()
