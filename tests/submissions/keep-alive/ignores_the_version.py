"""The version is not looked at: a client of HTTP/1.0 waits for the end of the connection.

Caught by: keep-alive/closes_on_http_1_0
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        request.version = "HTTP/1.1"
        return super().wants_close(client, request)


Broken.main()
