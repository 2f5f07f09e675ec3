"""A 204 is answered with a body.

Caught by: json-api/no_body
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def to_bytes(self, response):
        found = super().to_bytes(response)
        return found + b"{}" if response.status == 204 else found


Broken.main()
