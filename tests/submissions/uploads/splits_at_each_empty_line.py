"""The content ends at its first empty line.

Caught by: uploads/keeps_line_breaks
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def content(self, content):
        return content.split(b"\r\n\r\n")[0] if content.startswith(b"\r\n") else content


Broken.main()
