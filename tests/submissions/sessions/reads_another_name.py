"""The cookie is set as session, and looked for as sid.

Caught by: sessions/counts_one_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def sent_session(self, request):
        return self.cookies(self.header(request, "Cookie")).get("sid")


Broken.main()
