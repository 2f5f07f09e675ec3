"""The id of the client comes back in small letters.

Caught by: middleware/keeps_the_clients
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def sent_id(self, request):
        return super().sent_id(request).lower()


Broken.main()
