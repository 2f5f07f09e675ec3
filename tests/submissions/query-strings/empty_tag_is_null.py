"""An empty tag is null.

Caught by: query-strings/empty_values
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def all_of(self, fields, name):
        return [value or None for value in super().all_of(fields, name)]


Broken.main()
