"""The logout only lets the client forget its cookie.

Caught by: sessions/old_cookie_starts_at_1
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def end(self, session):
        pass


Broken.main()
