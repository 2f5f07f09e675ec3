"""The version of the first request on a connection counts for all that follow.

Caught by: keep-alive/closes_on_http_1_0
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_request(self, client):
        request = super().read_request(client)
        if request is not None:
            client.version = request.version = getattr(client, "version", request.version)
        return request


Broken.main()
