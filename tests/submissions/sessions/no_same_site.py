"""The cookie has no SameSite.

Caught by: sessions/has_same_site
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def attributes(self):
        return "Path=/; HttpOnly"


Broken.main()
