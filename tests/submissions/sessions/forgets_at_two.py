"""The count stops at 2.

Caught by: sessions/counts_one_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def counted(self, session):
        return min(super().counted(session), 2)


Broken.main()
