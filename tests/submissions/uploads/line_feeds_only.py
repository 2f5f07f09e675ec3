"""CRLF in a file that is a text becomes LF.

Caught by: uploads/keeps_line_breaks
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def content(self, content):
        return content.replace(b"\r\n", b"\n") if content.startswith(b"\r\n") else content


Broken.main()
