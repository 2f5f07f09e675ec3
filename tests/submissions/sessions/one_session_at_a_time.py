"""There is one session: a new client takes the place of the one before it.

Caught by: sessions/clients_apart
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def begin(self, request):
        self.counts.clear()
        return super().begin(request)


Broken.main()
