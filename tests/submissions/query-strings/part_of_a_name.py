"""A name that contains q or tag is taken for it.

Caught by: query-strings/other_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def all_of(self, fields, name):
        return [value for other, value in fields if name in other]


Broken.main()
