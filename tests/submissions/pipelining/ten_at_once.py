"""Ten requests that come at once are answered, and the rest is dropped.

Caught by: pipelining/all_kinds
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        client.at_once = getattr(client, "at_once", 0) + 1 if client.buffer else 1
        if client.at_once > 10:
            client.buffer = b""
        return super().read_request(client)


Broken.main()
