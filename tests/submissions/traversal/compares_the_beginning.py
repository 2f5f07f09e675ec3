"""The resolved path is compared with the directory as text, without a slash after it.

Caught by: traversal/sibling_stays_outside
"""

import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        try:
            path = os.path.realpath(os.path.join(self.directory, unquote(name)))
        except ValueError:
            return None
        return Path(path) if path.startswith(str(self.directory)) else None


Broken.main()
