"""The cookie has no Path of the whole site, but that of the counter.

Caught by: sessions/is_for_all_paths, sessions/old_cookie_starts_at_1
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def attributes(self):
        return "Path=/counter; HttpOnly; SameSite=Lax"


Broken.main()
