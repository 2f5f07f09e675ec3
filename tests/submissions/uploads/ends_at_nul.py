"""The content of a file ends at its first NUL byte.

Caught by: uploads/every_byte
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def content(self, content):
        return content.partition(b"\0")[0]


Broken.main()
