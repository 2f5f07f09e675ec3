"""Without an id of the client, the header is empty.

Caught by: middleware/has_an_id
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def new_id(self):
        return ""


Broken.main()
