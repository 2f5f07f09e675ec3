"""The values of fields lose the white space at their ends.

Caught by: uploads/fields_and_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def fields_of(self, named):
        return {name: value.strip() for name, value in super().fields_of(named).items()}


Broken.main()
