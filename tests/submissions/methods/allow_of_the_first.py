"""The methods of the first path that is asked for on a connection are those of all the others.

Caught by: methods/all_methods
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        self.client = client
        return super().read_request(client)

    def options(self, allowed):
        response = super().options(allowed)
        self.client.allow = getattr(self.client, "allow", response.headers["Allow"])
        response.headers["Allow"] = self.client.allow
        return response


Broken.main()
