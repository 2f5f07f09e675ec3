"""The logout is a link: only GET is answered.

Caught by: sessions/logout_ends_it
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def routes(self):
        others = [route for route in super().routes() if route[1] != "/logout"]
        return [*others, ("GET", "/logout", self.logout)]


Broken.main()
