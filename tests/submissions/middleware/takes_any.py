"""Whatever can be printed is taken for an id.

Caught by: middleware/replaces_others
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def is_well_formed(self, sent):
        return sent != "" and sent.isprintable() and sent.isascii()


Broken.main()
