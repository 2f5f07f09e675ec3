"""A cookie that is a number is the count itself, as in an older version.

Caught by: sessions/invented_starts_at_1
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def session(self, request):
        sent = self.sent_session(request)
        if sent is not None and sent.isdigit():
            self.old = int(sent)
        return super().session(request)

    def begin(self, request):
        session = super().begin(request)
        self.counts[session] = self.__dict__.pop("old", 0)
        return session


Broken.main()
