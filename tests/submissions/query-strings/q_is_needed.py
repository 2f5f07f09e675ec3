"""Without q the handler raises.

Caught by: query-strings/missing_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def first(self, fields, name):
        return dict(fields)[name]


Broken.main()
