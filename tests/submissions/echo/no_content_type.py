"""The answer does not say what it is.

Caught by: echo/says_text_plain
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo(self, request, path):
        response = super().echo(request, path)
        del response.headers["Content-Type"]
        return response


Broken.main()
