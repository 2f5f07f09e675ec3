"""CRLF in a value becomes LF.

Caught by: forms/keeps_line_breaks
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return super().plain(text).replace("\r\n", "\n")


Broken.main()
