"""A cookie that the server does not know is refused with 400.

Caught by: sessions/invented_starts_at_1, sessions/altered_starts_at_1, sessions/old_cookie_starts_at_1
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def counter(self, request):
        if self.sent_session(request) is not None and self.session(request) is None:
            return self.error(400)
        return super().counter(request)


Broken.main()
