"""A 404 has no length: on a connection that stays open, nobody knows where it ends.

Caught by: keep-alive/ends_are_told
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        if response.status != 404:
            super().frame(request, response)


Broken.main()
