"""The text is decoded as Latin-1.

Caught by: events/utf8
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def posted_text(self, body):
        return body.decode("latin-1")


Broken.main()
