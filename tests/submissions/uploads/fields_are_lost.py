"""The fields of an upload are left out.

Caught by: uploads/fields_and_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def fields_of(self, named):
        return {}


Broken.main()
