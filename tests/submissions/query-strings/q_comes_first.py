"""The field q is looked for at the beginning of the query only.

Caught by: query-strings/any_order
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def first(self, fields, name):
        return super().first(fields[:1], name) if len(fields) == 3 else super().first(fields, name)


Broken.main()
