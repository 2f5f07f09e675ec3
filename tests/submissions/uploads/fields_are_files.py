"""A part without a file name is taken for a file, too.

Caught by: uploads/fields_and_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def files_of(self, named):
        return [self.file_of(part, {"filename": "", **parameters}) for part, parameters in named]


Broken.main()
