"""Only the first two files are read.

Caught by: uploads/several_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def files_of(self, named):
        return super().files_of(named)[:2]


Broken.main()
