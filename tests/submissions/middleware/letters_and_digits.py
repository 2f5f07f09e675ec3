"""Only letters and digits are taken for well-formed.

Caught by: middleware/keeps_the_clients
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def is_well_formed(self, sent):
        return sent.isascii() and sent.isalnum() and len(sent) <= 64


Broken.main()
