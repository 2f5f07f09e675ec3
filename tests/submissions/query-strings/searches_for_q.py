"""The text q= is searched for in the whole query.

Caught by: query-strings/other_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def first(self, fields, name):
        return next((value for other, value in fields if other.endswith(name)), "")


Broken.main()
