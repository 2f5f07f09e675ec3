"""The pattern of the route takes letters alone: a text with a digit is not found.

Caught by: echo/returns_the_text
"""

import re
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def route(self, request, path):
        if path.startswith("/echo/") and not re.fullmatch("/echo/[A-Za-z]+", path):
            return self.not_found()
        return super().route(request, path)


Broken.main()
