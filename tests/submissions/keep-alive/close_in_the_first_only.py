"""Connection: close counts in the first request of a connection, and in no later one.

Caught by: keep-alive/closes_when_asked
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        if client.answered and request.version == "HTTP/1.1":
            return False
        return super().wants_close(client, request)


Broken.main()
