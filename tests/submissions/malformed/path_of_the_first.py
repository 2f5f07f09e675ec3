"""The path of the first request on a connection counts for all that follow.

Caught by: malformed/right_and_wrong_ones
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        request = super().read_request(client)
        if request is not None:
            client.target = request.target = getattr(client, "target", request.target)
        return request


Broken.main()
