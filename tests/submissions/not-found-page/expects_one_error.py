"""Of the errors of opening a file one is caught: the folder in a path may be a file.

Caught by: not-found-page/every_kind_is_404
"""

import os
import stat
import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def is_file(self, path):
        try:
            return stat.S_ISREG(os.stat(path).st_mode)
        except FileNotFoundError:
            return False


Broken.main()
