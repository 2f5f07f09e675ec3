"""A line end is sent after the body, where nothing may stand.

Caught by: ok/nothing_outside
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def root(self, request):
        response = super().root(request)
        response.line_end = b"" if request.method == "HEAD" else b"\r\n"
        return response

    def to_bytes(self, response):
        return super().to_bytes(response) + getattr(response, "line_end", b"")


Broken.main()
