"""A field with an empty value is dropped.

Caught by: forms/empty_value
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def grouped(self, fields):
        return super().grouped([(name, value) for name, value in fields if value])


Broken.main()
