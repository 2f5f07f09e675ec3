"""Every answer says Connection: close, and the connection stays open.

Caught by: keep-alive/second_request
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def announce(self, request, response, close):
        super().announce(request, response, True)


Broken.main()
