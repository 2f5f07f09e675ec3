"""The Cookie header is searched for session=, which other names end with, too.

Caught by: sessions/among_others
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def sent_session(self, request):
        found = re.search("session=([^;]*)", self.header(request, "Cookie"))
        return found and found[1]


Broken.main()
