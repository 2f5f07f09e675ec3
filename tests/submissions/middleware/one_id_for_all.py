"""The id is made once, when the program starts.

Caught by: middleware/ids_are_new
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    fixed = "00000000-0000-4000-8000-000000000000"

    def new_id(self):
        return self.fixed


Broken.main()
