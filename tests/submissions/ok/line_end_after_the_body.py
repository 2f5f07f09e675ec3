"""A line end is sent after the body, where nothing may stand.

Caught by: ok/nothing_outside
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def root(self, request):
        self.head = request.method == "HEAD"
        return super().root(request)

    def to_bytes(self, response):
        return super().to_bytes(response) + (b"" if self.head else b"\r\n")


Broken.main()
