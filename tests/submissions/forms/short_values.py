"""A value is cut after 32,767 characters.

Caught by: forms/large_forms
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return super().plain(text)[:32767]


Broken.main()
