"""The method of the first request on a connection counts for all that follow.

Caught by: methods/all_methods
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        request = super().read_request(client)
        if request is not None:
            client.method = request.method = getattr(client, "method", request.method)
        return request


Broken.main()
