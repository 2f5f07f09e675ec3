"""What is beyond ASCII becomes a question mark.

Caught by: forms/decodes_utf_8
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return super().plain(text).encode("ascii", "replace").decode()


Broken.main()
