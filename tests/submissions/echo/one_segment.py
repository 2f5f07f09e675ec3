"""The path is split at its slashes, and the text is what stands between the second and the third.

Caught by: echo/slashes
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return super().echo_text("/echo/" + path.split("/")[2])


Broken.main()
