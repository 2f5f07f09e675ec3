"""The headers of a request are added to those of the one before it on the same connection.

Caught by: keep-alive/many_requests, keep-alive/all_kinds
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_request(self, client):
        request = super().read_request(client)
        if request is not None:
            client.accepted = request.headers.get("accept-encoding", getattr(client, "accepted", ""))
            request.headers["accept-encoding"] = client.accepted
        return request


Broken.main()
