"""Answers have no X-Content-Type-Options.

Caught by: middleware/forbids_sniffing
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def secure(self, response):
        pass


Broken.main()
