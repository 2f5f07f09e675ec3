"""A field of another name is refused.

Caught by: query-strings/other_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def fields(self, text):
        found = super().fields(text)
        if any(len(name) > 3 for name, _ in found):
            raise KeyError("unknown field")
        return found


Broken.main()
