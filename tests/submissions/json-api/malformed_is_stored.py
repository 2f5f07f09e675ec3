"""JSON that is malformed is stored as a name.

Caught by: json-api/malformed
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def malformed(self):
        return {"name": "unknown"}


Broken.main()
