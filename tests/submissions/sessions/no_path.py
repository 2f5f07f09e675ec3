"""The cookie has no Path.

Caught by: sessions/is_for_all_paths
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def attributes(self):
        return "HttpOnly; SameSite=Lax"


Broken.main()
