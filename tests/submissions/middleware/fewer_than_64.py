"""An id of 64 characters is taken for too long.

Caught by: middleware/keeps_the_clients
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def is_well_formed(self, sent):
        return super().is_well_formed(sent) and len(sent) < 64


Broken.main()
