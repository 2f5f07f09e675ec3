"""Connection: close is looked at where a page is found, and not where none is.

Caught by: keep-alive/closes_after_404
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        return self.route(request, request.target).status != 404 and super().wants_close(client, request)


Broken.main()
