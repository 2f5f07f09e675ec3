"""Characters that are not allowed are removed from the client's id.

Caught by: middleware/replaces_others
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def sent_id(self, request):
        return re.sub("[^A-Za-z0-9._-]", "", super().sent_id(request))[:64]


Broken.main()
