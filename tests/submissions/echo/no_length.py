"""The answer has a body and no length, and the connection stays open: every client waits for more.

Caught by: echo/end_is_told, echo/ordinary_client
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        pass


Broken.main()
