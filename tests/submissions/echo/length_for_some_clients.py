"""The length is told only to clients that name themselves: the others wait for more.

Caught by: echo/end_is_told
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        if self.header(request, "User-Agent"):
            super().frame(request, response)


Broken.main()
