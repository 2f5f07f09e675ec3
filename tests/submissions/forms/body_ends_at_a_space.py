"""The body ends at its first space.

Caught by: forms/curl
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def text_of(self, body):
        return super().text_of(body).partition(" ")[0]


Broken.main()
