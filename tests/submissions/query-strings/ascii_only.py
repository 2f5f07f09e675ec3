"""What is beyond ASCII is dropped.

Caught by: query-strings/decodes_utf_8
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return super().plain(text).encode("ascii", "ignore").decode()


Broken.main()
