"""A session begins under the id that the client has sent, whatever it is.

Caught by: sessions/invented_is_not_adopted
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def new_session_of(self, request):
        return self.sent_session(request) or self.new_session()

    def begin(self, request):
        session = self.new_session_of(request)
        self.counts[session] = 0
        return session


Broken.main()
