"""JSON that is nested too deep is taken for an empty name.

Caught by: json-api/deep_is_survived
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def too_deep(self):
        return {"name": ""}


Broken.main()
