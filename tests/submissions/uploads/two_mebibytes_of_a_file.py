"""Only the first 2 MiB of a file are kept.

Caught by: uploads/large_file
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def content(self, content):
        return content[: 2 << 20]


Broken.main()
