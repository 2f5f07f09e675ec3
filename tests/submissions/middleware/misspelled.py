"""The value of X-Content-Type-Options is no-sniff.

Caught by: middleware/forbids_sniffing
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def secure(self, response):
        response.headers["X-Content-Type-Options"] = "no-sniff"


Broken.main()
