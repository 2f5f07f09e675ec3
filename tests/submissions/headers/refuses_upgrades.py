"""A client that offers another protocol is refused, although it need not be accepted.

Caught by: headers/ordinary_headers
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_request(self, client):
        request = super().read_request(client)
        if request and "upgrade" in request.headers:
            raise ValueError("only HTTP/1.1 is spoken here")
        return request


Broken.main()
