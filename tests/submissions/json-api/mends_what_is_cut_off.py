"""A brace that is missing at the end is added.

Caught by: json-api/malformed
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def load_json(self, body):
        return super().load_json(body if body.endswith((b"}", b"]", b'"')) or body == b"{" else body + b'"}')


Broken.main()
