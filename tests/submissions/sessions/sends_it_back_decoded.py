"""A cookie that is not known comes back decoded, with an order to forget it.

Caught by: sessions/adds_no_header
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def give(self, request, response, session):
        super().give(request, response, session)
        sent = self.sent_session(request)
        if sent and sent != session:
            response.headers["X-Unknown-Session"] = unquote(sent, "latin-1")


Broken.main()
