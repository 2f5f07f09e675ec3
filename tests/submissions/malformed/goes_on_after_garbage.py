"""A first line that is none is answered 400, and the next line is read as another.

Caught by: malformed/closes_after_garbage
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal
from right_server import Request, Response


class Broken(HardenedServer):
    def parse_head(self, head):
        try:
            return super().parse_head(head)
        except Refusal:
            return Request("GET", "/", "HTTP/1.1", {"host": "", "x-refused": "1"})

    def route(self, request, path):
        return Response(400) if "x-refused" in request.headers else super().route(request, path)


Broken.main()
