"""lstrip("/echo/") removes all of these letters from the beginning, not the prefix.

Caught by: echo/letters_of_the_prefix, echo/slashes
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return super().echo_text("/echo/" + path.lstrip("/echo/"))


Broken.main()
