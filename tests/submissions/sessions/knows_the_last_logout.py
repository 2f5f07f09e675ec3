"""Sessions live in their cookies, and it knows only the last one that has ended.

Caught by: sessions/old_cookie_starts_at_1
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    ended = None, 0

    def end(self, session):
        last, count = self.ended
        if last is not None:
            self.counts[last] = count
        self.ended = session, self.counts.pop(session)


Broken.main()
