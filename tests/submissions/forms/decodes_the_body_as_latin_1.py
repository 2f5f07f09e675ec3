"""What is not encoded is decoded as latin-1.

Caught by: forms/plain_utf_8
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def text_of(self, body):
        return body.decode("latin-1")


Broken.main()
