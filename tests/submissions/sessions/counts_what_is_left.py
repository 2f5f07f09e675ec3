"""The id of a session is made of how many there are: after a logout it is that of another client, which starts again.

Caught by: sessions/new_after_a_logout
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def new_session(self):
        return str(10_000_000 + len(self.counts) * 7919 % 99991)


Broken.main()
