"""Only the beginning of the client's id is compared with the allowed characters.

Caught by: middleware/replaces_others
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def is_well_formed(self, sent):
        return re.match(r"[A-Za-z0-9._-]{1,64}", sent) is not None and sent.isprintable() and sent.isascii()


Broken.main()
