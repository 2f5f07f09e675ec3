"""The route is chosen by what the whole request contains, its headers too.

Caught by: echo/header_does_not_route
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_head(self, head):
        request = super().parse_head(head)
        referer = request.headers.get("referer", "")
        if "/echo/" in referer:
            request.target = "/echo/" + referer.partition("/echo/")[2]
        return request


Broken.main()
