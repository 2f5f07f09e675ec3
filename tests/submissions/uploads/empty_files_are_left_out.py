"""A file without content is left out.

Caught by: uploads/empty_file
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def files_of(self, named):
        return [file for file in super().files_of(named) if file["size"]]


Broken.main()
