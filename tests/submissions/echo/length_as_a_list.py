"""Content-Length has its value twice, in one line.

Caught by: echo/single_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        super().frame(request, response)
        length = response.headers["Content-Length"]
        response.headers["Content-Length"] = f"{length}, {length}"


Broken.main()
