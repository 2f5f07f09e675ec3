"""Files are decoded as UTF-8, and what is not UTF-8 is replaced.

Caught by: uploads/every_byte
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def content(self, content):
        return content.decode("utf-8", "replace").encode()


Broken.main()
