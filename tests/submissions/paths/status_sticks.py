"""All answers are one object that is filled in again and again: once 404, always 404.

Caught by: paths/root_still_works
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    response = Response(200, b"It works\n")

    def root(self, request):
        return self.response

    def not_found(self):
        self.response.status = 404
        return self.response


Broken.main()
