"""The count is looked up without asking whether it is there.

Caught by: sessions/invented_starts_at_1, sessions/altered_starts_at_1, sessions/old_cookie_starts_at_1
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def is_known(self, session):
        return session is not None


Broken.main()
