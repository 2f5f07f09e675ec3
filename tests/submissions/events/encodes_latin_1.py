"""The stream is encoded as Latin-1.

Caught by: events/utf8
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def encode_event(self, text):
        return text.encode("latin-1", "replace")


Broken.main()
