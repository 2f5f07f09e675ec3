"""The body is decoded as latin-1.

Caught by: json-api/keeps_names
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def load_json(self, body):
        return super().load_json(body.decode("latin-1") if b"name" in body else body)


Broken.main()
