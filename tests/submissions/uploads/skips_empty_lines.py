"""Empty lines at the beginning of the content are skipped.

Caught by: uploads/keeps_line_breaks
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def content(self, content):
        return content.lstrip(b"\r\n")


Broken.main()
