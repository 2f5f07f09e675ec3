"""The text of the whole request is searched for the header.

Caught by: gzip/elsewhere
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_head(self, head):
        request = super().parse_head(head)
        if b"Accept-Encoding: gzip\r\n" in head + b"\r\n":
            request.headers["accept-encoding"] = "gzip"
        return request


Broken.main()
