"""The cookie is not HttpOnly.

Caught by: sessions/is_http_only
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def attributes(self):
        return "Path=/; SameSite=Lax"


Broken.main()
