"""Whether to close is decided by the first request of a connection, for all of them.

Caught by: keep-alive/closes_when_asked, keep-alive/closes_on_http_1_0
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        return client.answered == 0 and super().wants_close(client, request)


Broken.main()
