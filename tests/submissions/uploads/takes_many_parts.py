"""All of 10,000 parts are read.

Caught by: uploads/many_parts_are_refused
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def too_many_parts(self, parts):
        return self.received(parts)


Broken.main()
