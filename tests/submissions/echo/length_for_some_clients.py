"""The length is told only to clients that say what they accept: the others wait for more.

Caught by: echo/end_is_told
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        if self.header(request, "Accept"):
            super().frame(request, response)


Broken.main()
