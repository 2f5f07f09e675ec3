"""The connection is closed when the client asks for it, but the answer does not say so.

Caught by: keep-alive/says_close
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def announce(self, request, response, close):
        if not close:
            super().announce(request, response, close)


Broken.main()
