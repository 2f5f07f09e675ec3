"""All items are kept under one id.

Caught by: json-api/reads_one
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def new_key(self):
        return "1"


Broken.main()
