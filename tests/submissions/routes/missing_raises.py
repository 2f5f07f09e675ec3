"""A path that is neither a route nor a file raises, and the connection is closed without an answer.

Caught by: routes/unknown_gets_404
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def not_found(self):
        raise LookupError("no such path")


Broken.main()
