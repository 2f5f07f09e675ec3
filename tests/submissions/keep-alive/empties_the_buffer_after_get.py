"""The buffer is emptied after each request without a body, with the next one in it.

Caught by: keep-alive/pipelined
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_request(self, client):
        request = super().read_request(client)
        if request and not request.body:
            client.buffer = b""
        return request


Broken.main()
