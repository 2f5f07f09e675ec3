"""The route is searched for in the text of the whole request, headers included.

Caught by: paths/header_does_not_route
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_head(self, head):
        request = super().parse_head(head)
        if b"GET / HTTP/1.1" in head:
            request.target = "/"
        return request


Broken.main()
