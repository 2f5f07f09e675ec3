"""Only the first eight characters of an id are compared.

Caught by: sessions/altered_starts_at_1
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def session(self, request):
        sent = self.sent_session(request) or ""
        return next((known for known in self.counts if len(sent) > 8 and known.startswith(sent[:8])), None)


Broken.main()
