"""A client of HTTP/1.0 that asks for it is kept, and not told so.

Caught by: keep-alive/announces_keep_alive
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def announce(self, request, response, close):
        if close:
            super().announce(request, response, close)


Broken.main()
