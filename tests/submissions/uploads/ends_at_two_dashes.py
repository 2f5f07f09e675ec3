"""The content of a file ends at a line that begins with two dashes.

Caught by: uploads/resembles_the_boundary
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def content(self, content):
        return content.partition(b"\r\n--\r\n")[0]


Broken.main()
