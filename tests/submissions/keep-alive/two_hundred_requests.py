"""A connection ends after two hundred requests, and nothing says so.

Caught by: keep-alive/five_hundred_requests
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_request(self, client):
        return super().read_request(client) if client.answered < 200 else None


Broken.main()
