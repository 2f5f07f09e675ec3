"""Of several files with one name the last one is left.

Caught by: uploads/several_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def files_of(self, named):
        return list({file["name"]: file for file in super().files_of(named)}.values())


Broken.main()
