"""The logout of a client ends all sessions.

Caught by: sessions/logout_of_one
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def end(self, session):
        self.counts.clear()


Broken.main()
