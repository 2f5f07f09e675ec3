"""A field with an empty value is dropped, as by Python's parse_qs without keep_blank_values.

Caught by: query-strings/empty_values
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def fields(self, text):
        return [(name, value) for name, value in super().fields(text) if value]


Broken.main()
