"""The id of a new item is how many there are, plus one: after a removal another item has it already, and is replaced.

Caught by: json-api/replaces_no_other
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def new_key(self):
        return str(len(self.items) + 1)


Broken.main()
