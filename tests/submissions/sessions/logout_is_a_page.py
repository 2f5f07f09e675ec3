"""The logout answers 204, and ends nothing.

Caught by: sessions/logout_ends_it
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def end(self, session):
        pass

    def take_back(self, request, response):
        pass


Broken.main()
