"""The length of a 201 is told only to clients that name themselves.

Caught by: files/end_of_201_is_told
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        if response.status != 201 or self.header(request, "User-Agent"):
            super().frame(request, response)


Broken.main()
