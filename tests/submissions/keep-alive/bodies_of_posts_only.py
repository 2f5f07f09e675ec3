"""Only the body of a POST is read: that of a GET is taken for the next request.

Caught by: keep-alive/body_is_no_request
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        return super().read_body(client, request) if request.method == "POST" else b""


Broken.main()
