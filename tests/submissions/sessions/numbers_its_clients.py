"""The id of a session is the next number.

Caught by: sessions/cannot_be_guessed
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    last = 10_000_000

    def new_session(self):
        self.last += 1
        return str(self.last)


Broken.main()
