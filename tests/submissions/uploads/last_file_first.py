"""Several files come back in the opposite order.

Caught by: uploads/several_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def files_of(self, named):
        return super().files_of(named)[::-1]


Broken.main()
