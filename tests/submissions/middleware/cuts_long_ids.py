"""An id of more than 64 characters is cut there.

Caught by: middleware/replaces_others
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def sent_id(self, request):
        return super().sent_id(request)[:64]


Broken.main()
