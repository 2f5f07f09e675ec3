"""A new client gets an id, and is not told.

Caught by: sessions/counts_one_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def give(self, request, response, session):
        pass


Broken.main()
