"""After two requests the server hangs up, without having said so.

Caught by: keep-alive/many_requests, keep-alive/ends_are_told, keep-alive/interleaved, keep-alive/ordinary_client, keep-alive/pipelined, keep-alive/post_then_get
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        return client.answered >= 1 or super().wants_close(client, request)

    def announce(self, request, response, close):
        super().announce(request, response, "close" in self.connection_header(request))


Broken.main()
