"""The cookie is Secure, although the server speaks HTTP: clients keep it back.

Caught by: sessions/counts_one_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def attributes(self):
        return f"{super().attributes()}; Secure"


Broken.main()
