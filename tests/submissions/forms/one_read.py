"""The body is what came in one read of 4,096 bytes.

Caught by: forms/large_forms
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def text_of(self, body):
        return super().text_of(body[:4096])


Broken.main()
