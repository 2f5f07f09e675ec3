"""The id of a session is made of how many there are: after a logout a new client goes on with the count of another.

Caught by: sessions/new_after_a_logout
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def begin(self, request):
        session = str(10_000_000 + len(self.counts) * 7919 % 99991)
        self.counts.setdefault(session, 0)
        return session


Broken.main()
